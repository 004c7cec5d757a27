"""Linear layers laid out once."""

import pytest
import torch
from torch import nn
from transformers.pytorch_utils import Conv1D

from lib.runs.packed import PackedLinear, pack, packable
from tests.runs.tiny import tiny_model


@pytest.mark.parametrize("rows", [1, 4, 64, 300])
@pytest.mark.parametrize("bias", [True, False])
def test_packed_layers_compute_what_linear_layers_do(rows, bias):
    """For any number of rows, with and without bias, results agree to rounding."""
    torch.manual_seed(0)
    layer = nn.Linear(96, 160, bias=bias).requires_grad_(False)
    x = torch.randn(1, rows, 96)
    packed = PackedLinear(layer.weight, layer.bias)
    torch.testing.assert_close(packed(x), layer(x), rtol=1e-5, atol=1e-5)


def test_transposed_layers_of_gpt2_are_understood():
    """Conv1D keeps its weight the other way round."""
    torch.manual_seed(0)
    model = nn.Sequential(Conv1D(160, 96), nn.GELU(), nn.Linear(160, 7)).requires_grad_(False)
    x = torch.randn(5, 96)
    expected = model(x)
    assert pack(model) == 2
    torch.testing.assert_close(model(x), expected, rtol=1e-5, atol=1e-5)


def test_tied_embeddings_stay():
    """Packing the output layer leaves the embedding it shares its weight with as it was."""
    model = tiny_model("gpt2")
    before = model.get_input_embeddings().weight.clone()
    pack(model)
    assert isinstance(model.get_output_embeddings(), PackedLinear)
    assert torch.equal(model.get_input_embeddings().weight, before)


def test_other_formats_are_left_alone():
    """Float64 has no packed kernels: the model stays as it is."""
    model = nn.Sequential(nn.Linear(4, 4)).double()
    assert not packable(torch.float64)
    assert pack(model) == 0
    assert isinstance(model[0], nn.Linear)
