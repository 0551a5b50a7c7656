"""A file to take away."""

from django.http import HttpResponse


def file_answer(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    """The answer that a browser saves under a name of ours: letters, digits, dots and hyphens, nothing typed."""
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
