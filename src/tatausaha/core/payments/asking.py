"""A refusal that a person may overrule by saying "yes, I am sure"."""

from tatausaha.core.kernel.errors import Refused


class AskFirst(Refused):
    """Probably a mistake: shown with a box to tick (`sure`); ticked, the same input is taken."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="sure")
