"""What the Bot API answers when it says no, in its own words."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with ok=false: HTTP status, description, and the parameters some errors carry (retry_after)."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object that is sent."""
        found: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            found["parameters"] = self.parameters
        return found


def bad_request(what: str) -> ApiError:
    """400. The first letter is made small unless the words are a code such as BUTTON_DATA_INVALID, as Telegram does."""
    code_like = len(what) > 1 and (what[1] == "_" or what[1].isupper())
    return ApiError(400, "Bad Request: " + (what if code_like else what[:1].lower() + what[1:]))


def forbidden(what: str) -> ApiError:
    """403, such as for a user who blocked the bot."""
    return ApiError(403, f"Forbidden: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def conflict(what: str) -> ApiError:
    """409: two that want the updates at once."""
    return ApiError(409, f"Conflict: {what}")
