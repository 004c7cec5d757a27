"""Linear layers whose weights oneDNN has laid out once for its matrix kernels.

Two reasons, both measured on the bundled model: about 2.4 times the fp32 speed of torch's own
linear layer on an AMD processor (its MKL does not use AVX-512 there; on Intel they are alike),
and a kernel whose result for one row does not depend on which other rows are in the batch.
"""

import ctypes
import sys

import torch
from torch import nn
from transformers.pytorch_utils import Conv1D

ROWS_PLANNED = 64
"""The batch oneDNN lays the weights out for; every other size works, nearly as fast."""


class PackedLinear(nn.Module):
    """y = x Wᵀ + b with W packed: the same as `nn.Linear` up to the order of floating-point sums."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        """`weight` has shape (out, in), `bias` (out,)."""
        super().__init__()
        self.out_features, self.in_features = weight.shape
        # Not a parameter: torch cannot print, save or move the opaque layout.
        self._packed = torch.ops.mkldnn._reorder_linear_weight(weight.detach().contiguous(), ROWS_PLANNED)
        self._bias = None if bias is None else bias.detach()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (…, in) to (…, out)."""
        return torch.ops.mkldnn._linear_pointwise(x, self._packed, self._bias, "none", [], "")


def pack(model: nn.Module) -> int:
    """Replace every linear layer in place, where this machine and dtype allow it; gives how many.

    The model can no longer be trained or saved afterwards.
    """
    parameter = next(model.parameters())
    if parameter.device.type != "cpu" or not packable(parameter.dtype):
        return 0
    for parameter in model.parameters():
        parameter.data = parameter.data.clone()  # out of the mapped file, which otherwise stays in memory as a whole
    count = 0
    for module in list(model.modules()):
        for name, layer in module.named_children():
            if isinstance(layer, (nn.Linear, Conv1D)):
                weight = layer.weight if isinstance(layer, nn.Linear) else layer.weight.t()  # GPT-2 transposes them
                setattr(module, name, PackedLinear(weight, layer.bias))
                count += 1
    return_freed_memory()
    return count


def return_freed_memory() -> None:
    """Give back what was freed between blocks still in use: glibc keeps it unless asked, other systems need not be."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)


def packable(dtype: torch.dtype) -> bool:
    """Whether this build of torch has the packed kernels, and for numbers of this format."""
    if not torch.backends.mkldnn.is_available() or not hasattr(torch.ops.mkldnn, "_linear_pointwise"):
        return False
    return dtype == torch.float32 or (dtype == torch.bfloat16 and torch.ops.mkldnn._is_mkldnn_bf16_supported())
