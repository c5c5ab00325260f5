"""`leadiq completion`: what a shell has to be told to complete command lines of `leadiq`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from ._problems import ALL_SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable

Shell = Literal["bash", "zsh", "fish"]

#: In zsh's words, an argument without a way to complete it, and an option that takes a file.
_ARGUMENT: Final = re.compile(r"^( +'\d+:(?:[^:\\\n]|\\.)*)(' \\)$", re.MULTILINE)
_FILE: Final = re.compile(
    r"^( +'\*--[\w-]+\[File (?:[^\]\\\n]|\\.)*\]:[\w-]+)(' \\)$", re.MULTILINE
)
#: Loaded from a directory of `fpath` the script is the body of a function, which has to complete;
#: sourced, it has to say what completes.
_ZSH_END: Final = """
if [[ ${funcstack[1]} == _leadiq ]]; then
  _cyclopts_leadiq "$@"
else
  compdef _cyclopts_leadiq leadiq
fi
"""


def completion(shell: Shell, /) -> int:
    """Print a script that completes commands, options and their choices in a shell.

    Redirect it to where the shell looks for such scripts; it works in the next shell.

    bash: ~/.local/share/bash-completion/completions/leadiq

    zsh: a file named _leadiq, in a directory of $fpath

    fish: ~/.config/fish/completions/leadiq.fish

    Example: leadiq completion bash > leadiq.bash

    Args:
        shell: Which shell it is for.
    """
    from ._app import program

    script = program().generate_completion(prog_name="leadiq", shell=shell)
    print(_FINISH[shell](script))
    return ALL_SETTLED


def _bash(script: str) -> str:
    """Complete names of files where nothing else is known."""
    return script.replace("complete -F ", "complete -o default -F ")


def _zsh(script: str) -> str:
    """Complete names of files where they are meant, and complete at all."""
    for kind in (_ARGUMENT, _FILE):
        script = kind.sub(r"\1:_files\2", script)
    return script.rstrip() + "\n" + _ZSH_END


def _fish(script: str) -> str:
    """Completes names of files by itself."""
    return script


_FINISH: Final[dict[Shell, Callable[[str], str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
