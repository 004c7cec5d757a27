"""Write the tiny Llama as a GGUF file, and convert one from a process of its own."""

import sys
from pathlib import Path

import torch
from gguf import GGUFWriter, TokenType
from transformers import AutoModelForCausalLM, AutoTokenizer

BLOCK = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
OUTER = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}


def write(folder: Path, path: Path) -> Path:
    """The Llama in `folder` as an unquantised GGUF file."""
    model, words = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    shape = model.config
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(shape.max_position_embeddings)
    writer.add_embedding_length(shape.hidden_size)
    writer.add_block_count(shape.num_hidden_layers)
    writer.add_feed_forward_length(shape.intermediate_size)
    writer.add_head_count(shape.num_attention_heads)
    writer.add_head_count_kv(shape.num_key_value_heads)
    writer.add_layer_norm_rms_eps(shape.rms_norm_eps)
    writer.add_rope_dimension_count(shape.hidden_size // shape.num_attention_heads)
    writer.add_rope_freq_base(shape.rope_parameters["rope_theta"])
    writer.add_vocab_size(shape.vocab_size)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(words.convert_ids_to_tokens(range(len(words))))
    special = set(words.all_special_ids)
    writer.add_token_types([TokenType.CONTROL if no in special else TokenType.NORMAL for no in range(len(words))])
    writer.add_token_merges(merges(words))
    writer.add_bos_token_id(words.bos_token_id)
    writer.add_eos_token_id(words.eos_token_id)
    writer.add_chat_template(words.chat_template)
    for name, weights in model.state_dict().items():
        writer.add_tensor(*as_llama_cpp(name, weights, shape.num_attention_heads, shape.num_key_value_heads))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def merges(words: AutoTokenizer) -> list[str]:
    """The tokenizer's BPE merges, one string a pair."""
    import json

    pairs = json.loads(words.backend_tokenizer.to_str())["model"]["merges"]
    return [pair if isinstance(pair, str) else " ".join(pair) for pair in pairs]


def as_llama_cpp(name: str, weights: torch.Tensor, heads: int, kv_heads: int) -> tuple:
    """A tensor under llama.cpp's name; query and key rows are interleaved, as its rotary embedding wants them."""
    stem = name.removesuffix(".weight")
    if stem in OUTER:
        return f"{OUTER[stem]}.weight", weights.numpy()
    _, _, layer, part = stem.split(".", 3)
    if part.endswith(("q_proj", "k_proj")):
        of = heads if part.endswith("q_proj") else kv_heads
        rows, columns = weights.shape
        weights = weights.reshape(of, 2, rows // of // 2, columns).swapaxes(1, 2).reshape(rows, columns)
    return f"blk.{layer}.{BLOCK[part]}.weight", weights.contiguous().numpy()


if __name__ == "__main__":  # python -m tests.models.tiny_gguf FILE: convert it and print where it is
    from lib.models.conversion import converted

    print(converted(Path(sys.argv[1]), "model Tiny"))
