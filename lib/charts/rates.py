"""How fast each model was on this computer."""

import altair as alt
import pandas as pd

ROW_HEIGHT = 28


def rates_chart(figures: pd.DataFrame) -> alt.Chart:
    """Tokens a second by model and number format.

    Args:
        figures: columns model, dtype and tokens_per_second.
    """
    return (
        alt.Chart(figures, height=alt.Step(ROW_HEIGHT))
        .mark_bar()
        .encode(
            x=alt.X("tokens_per_second:Q", title="tokens a second, measured here"),
            y=alt.Y("model:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color("dtype:N", title=None, legend=alt.Legend(orient="top")),
            yOffset="dtype:N",
            tooltip=["model:N", "dtype:N", alt.Tooltip("tokens_per_second:Q", format=",.0f")],
        )
    )
