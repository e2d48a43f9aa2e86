"""The procedures that are in force in this installation, registered by each app at start-up."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tatausaha.core.procedures.models import Tracked
    from tatausaha.core.procedures.spec import Procedure

_by_code: "dict[str, Procedure]" = {}
_by_model: "dict[type[Tracked], Procedure]" = {}


def register(procedure: "Procedure") -> None:
    """Put a procedure in force; its code, its prefix and the number of its SOP must be its own."""
    for other in _by_code.values():
        if other.code != procedure.code:
            assert procedure.prefix != other.prefix, procedure.prefix
            assert procedure.sop.number != other.sop.number, procedure.sop.number
    _by_code[procedure.code] = procedure
    _by_model[procedure.model] = procedure


def unregister(procedure: "Procedure") -> None:
    """Take a procedure out of force again (tests with procedures of their own)."""
    _by_code.pop(procedure.code, None)
    _by_model.pop(procedure.model, None)


def procedures() -> "tuple[Procedure, ...]":
    """All procedures in force, in the order of their registration."""
    return tuple(_by_code.values())


def by_code(code: str) -> "Procedure | None":
    """The procedure of that code."""
    return _by_code.get(code)


def by_number(number: str) -> "Procedure | None":
    """The procedure to which a case number belongs, by its letters."""
    prefix = number.split("-", 1)[0].upper()
    return next((procedure for procedure in _by_code.values() if procedure.prefix == prefix), None)


def procedure_of(subject: "Tracked | Any") -> "Procedure":
    """The procedure that a case runs; a case without one is our mistake."""
    return _by_model[type(subject)]
