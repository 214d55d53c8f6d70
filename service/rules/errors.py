"""Refusals in the language of the domain. Raising one rolls the whole transaction back."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """A refusal that the caller can understand and act on; nothing has been changed.

    `detail` is one sentence for a person (English at the API, Chinese from rules that speak of the
    content). `errors` holds messages by field, `extra` further members of the problem document.
    """

    code = "refused"

    def __init__(
        self,
        detail: str,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = {name: list(messages) for name, messages in (errors or {}).items()}
        self.extra = dict(extra or {})


class Invalid(DomainError):
    """A value breaks a rule; `errors` names the field."""

    code = "invalid"


class InvalidCreditCode(Invalid):
    """Not a 统一社会信用代码 of GB 32100-2015."""

    code = "invalid_credit_code"


class WordingRefused(Invalid):
    """The text holds wording that the law forbids; `extra["findings"]` lists each with its article."""

    code = "wording_refused"


class UnderAge(Invalid):
    """Nobody may introduce a person under sixteen to work (禁止使用童工规定 2, 7)."""

    code = "under_age"


class UnreadableFile(Invalid):
    """The file is not a sheet that can be read, or holds no known titles."""

    code = "unreadable_file"


class FileTooLarge(DomainError):
    """More bytes or rows than one import takes."""

    code = "file_too_large"


class NotAuthenticated(DomainError):
    """No key, or one that is unknown, revoked or expired."""

    code = "not_authenticated"


class Forbidden(DomainError):
    """The actor's role does not reach this."""

    code = "forbidden"


class LockedOut(DomainError):
    """Too many wrong passwords; `extra["retry_after"]` is the wait in seconds."""

    code = "locked_out"


class NotFound(DomainError):
    """No such thing, or none that the actor may know of."""

    code = "not_found"


class AlreadyExists(DomainError):
    """Another row already carries this identity."""

    code = "already_exists"


class TransitionNotAllowed(DomainError):
    """The lifecycle does not lead from the present state by this transition."""

    code = "transition_not_allowed"


class EmployerNotVerified(DomainError):
    """An employer that was not vetted, or not within six months, cannot publish."""

    code = "employer_not_verified"


class ConsentMissing(DomainError):
    """The person has not consented to this use of the data (个人信息保护法 13, 23)."""

    code = "consent_missing"


class ElementsMissing(DomainError):
    """The posting lacks elements that the law demands of a published one (人力资源市场暂行条例 24)."""

    code = "elements_missing"


class OpeningsExhausted(DomainError):
    """More hires were reported than openings are left."""

    code = "openings_exhausted"


class ImportShrinks(DomainError):
    """A full list would withdraw so many postings that it looks like a mistake."""

    code = "import_shrinks"


class RevisionMismatch(DomainError):
    """Somebody else changed it first; `extra["revision"]` is the present one."""

    code = "revision_mismatch"


class CursorGone(DomainError):
    """The cursor is older than what is kept, or of another epoch: start from the snapshot."""

    code = "cursor_gone"
