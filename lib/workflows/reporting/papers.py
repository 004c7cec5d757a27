"""Publications that reports lean on: who says so, where, and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One publication. `cite` is how a sentence names it, `where` what a list of references adds."""

    cite: str
    title: str
    where: str
    url: str

    @property
    def reference(self) -> str:
        """The publication as a list of references has it."""
        return f"{self.cite}. {self.title}. {self.where}. {self.url}"


PAPERS = {
    "bender": Paper(
        "Bender and Friedman 2018",
        "Data Statements for Natural Language Processing: Toward Mitigating System Bias and Enabling Better Science",
        "TACL 6",
        "https://aclanthology.org/Q18-1041",
    ),
    "angelopoulos": Paper(
        "Angelopoulos, Duchi and Zrnic 2023",
        "PPI++: Efficient Prediction-Powered Inference",
        "arXiv:2311.01453",
        "https://arxiv.org/abs/2311.01453",
    ),
    "carlini": Paper(
        "Carlini et al. 2021",
        "Extracting Training Data from Large Language Models",
        "USENIX Security",
        "https://arxiv.org/abs/2012.07805",
    ),
    "drechsel": Paper(
        "Drechsel and Herbold 2025",
        "GRADIEND: Monosemantic Feature Learning within Neural Networks Applied to Gender Debiasing of Transformer "
        "Models",
        "arXiv:2502.01406",
        "https://arxiv.org/abs/2502.01406",
    ),
    "ganguli": Paper(
        "Ganguli et al. 2023",
        "The Capacity for Moral Self-Correction in Large Language Models",
        "arXiv:2302.07459",
        "https://arxiv.org/abs/2302.07459",
    ),
    "green": Paper(
        "Green 2022",
        "The Flaws of Policies Requiring Human Oversight of Government Algorithms",
        "Computer Law & Security Review 45",
        "https://doi.org/10.1016/j.clsr.2022.105681",
    ),
    "krippendorff": Paper(
        "Krippendorff 2004",
        "Reliability in Content Analysis: Some Common Misconceptions and Recommendations",
        "Human Communication Research 30(3)",
        "https://doi.org/10.1111/j.1468-2958.2004.tb00738.x",
    ),
    "lu": Paper(
        "Lu et al. 2020",
        "Gender Bias in Neural Natural Language Processing",
        "Logic, Language, and Security; arXiv:1807.11714",
        "https://arxiv.org/abs/1807.11714",
    ),
    "meade": Paper(
        "Meade, Poole-Dayan and Reddy 2022",
        "An Empirical Survey of the Effectiveness of Debiasing Techniques for Pre-trained Language Models",
        "ACL",
        "https://aclanthology.org/2022.acl-long.132",
    ),
    "mitchell": Paper(
        "Mitchell et al. 2019", "Model Cards for Model Reporting", "FAT*", "https://doi.org/10.1145/3287560.3287596"
    ),
    "rafailov": Paper(
        "Rafailov et al. 2023",
        "Direct Preference Optimization: Your Language Model is Secretly a Reward Model",
        "NeurIPS; arXiv:2305.18290",
        "https://arxiv.org/abs/2305.18290",
    ),
    "raji": Paper(
        "Raji et al. 2020",
        "Closing the AI Accountability Gap: Defining an End-to-End Framework for Internal Algorithmic Auditing",
        "FAT*",
        "https://doi.org/10.1145/3351095.3372873",
    ),
    "ravfogel": Paper(
        "Ravfogel et al. 2020",
        "Null It Out: Guarding Protected Attributes by Iterative Nullspace Projection",
        "ACL",
        "https://aclanthology.org/2020.acl-main.647",
    ),
    "schick": Paper(
        "Schick, Udupa and Schütze 2021",
        "Self-Diagnosis and Self-Debiasing: A Proposal for Reducing Corpus-Based Bias in NLP",
        "TACL 9",
        "https://doi.org/10.1162/tacl_a_00434",
    ),
    "sclar": Paper(
        "Sclar et al. 2024",
        "Quantifying Language Models' Sensitivity to Spurious Features in Prompt Design",
        "ICLR; arXiv:2310.11324",
        "https://arxiv.org/abs/2310.11324",
    ),
    "zmigrod": Paper(
        "Zmigrod et al. 2019",
        "Counterfactual Data Augmentation for Mitigating Gender Stereotypes in Languages with Rich Morphology",
        "ACL",
        "https://aclanthology.org/P19-1161",
    ),
}
