"""Models small enough to build in a test: random weights, a tokenizer trained on three sentences."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

TEMPLATE = (
    "{% for message in messages %}[{{ message['role'] }}]{{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant]{% endif %}"
)
SENTENCES = ["The nurse said that she was tired.", "The engineer said he was late.", "They wrote a letter."]


def tokenizer(
    *, template: str | None = None, start: str | None = "<s>", end: str | None = "</s>"
) -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer that puts nothing in front by default."""
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    special = [token for token in (start, end) if token]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    core.train_from_iterator(
        SENTENCES, trainers.BpeTrainer(vocab_size=300, special_tokens=special, initial_alphabet=alphabet)
    )
    made = PreTrainedTokenizerFast(tokenizer_object=core, bos_token=start, eos_token=end)
    made.chat_template = template
    return made


def llama(folder: Path, *, template: str | None = None) -> Path:
    """A Llama-type model folder; the same weights every time."""
    words = tokenizer(template=template)
    torch.manual_seed(1)
    shape = LlamaConfig(
        vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, bos_token_id=words.bos_token_id, eos_token_id=words.eos_token_id,
    )  # fmt: skip
    LlamaForCausalLM(shape).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def gpt2(folder: Path) -> Path:
    """A GPT-2-type model folder, whose output layer is tied to its embedding."""
    words = tokenizer()
    torch.manual_seed(2)
    GPT2LMHeadModel(GPT2Config(vocab_size=len(words), n_embd=32, n_layer=2, n_head=4)).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
