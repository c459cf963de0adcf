"""Time limits for the parts of a call."""

from __future__ import annotations

from vision_magic.wire.timeouts import timeouts_for


def test_this_machines_own_servers_get_more_time() -> None:
    near, far = timeouts_for(loopback=True), timeouts_for(loopback=False)
    assert near.first_token is not None
    assert far.first_token is not None
    assert near.first_token > far.first_token
