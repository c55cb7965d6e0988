"""Everything that happens to an item. Each act leaves a link of custody with it."""

from hufu.domain.evidence.files import KeptFile, StatedFile, keep_file
from hufu.domain.evidence.services.captures import (
    NO_FILES,
    CaptureFacts,
    CaptureFailure,
    CaptureFiles,
    ask_capture,
    fail_capture,
    keep_capture,
)
from hufu.domain.evidence.services.deposits import (
    ItemFacts,
    Upload,
    deposit_item,
    deposit_kept,
    send_item,
)
from hufu.domain.evidence.services.handovers import (
    accept_hand_over,
    decline_hand_over,
    destroy_item,
    hand_over_item,
    return_item,
)
from hufu.domain.evidence.services.leaves import MOST_LEAVES, place_leaves
from hufu.domain.evidence.services.links import Link
from hufu.domain.evidence.services.openings import (
    download_item,
    grant_item,
    replay_item,
    restrict_item,
    revoke_item,
    unseal_item,
    view_item,
)
from hufu.domain.evidence.services.proving import (
    DepositFacts,
    deposit_file,
    deposit_hash,
    withdraw_deposit,
)
from hufu.domain.evidence.services.receipts import keep_receipt, note_key
from hufu.domain.evidence.services.stamps import StampFacts, keep_stamp, note_trouble
from hufu.domain.evidence.services.uploads import (
    Stores,
    UploadFacts,
    add_part,
    begin_upload,
    drop_expired_uploads,
    drop_upload,
    finish_upload,
)

__all__ = [
    "MOST_LEAVES",
    "NO_FILES",
    "CaptureFacts",
    "CaptureFailure",
    "CaptureFiles",
    "DepositFacts",
    "ItemFacts",
    "KeptFile",
    "Link",
    "StampFacts",
    "StatedFile",
    "Stores",
    "Upload",
    "UploadFacts",
    "accept_hand_over",
    "add_part",
    "ask_capture",
    "begin_upload",
    "decline_hand_over",
    "deposit_file",
    "deposit_hash",
    "deposit_item",
    "deposit_kept",
    "destroy_item",
    "download_item",
    "drop_expired_uploads",
    "drop_upload",
    "fail_capture",
    "finish_upload",
    "grant_item",
    "hand_over_item",
    "keep_capture",
    "keep_file",
    "keep_receipt",
    "keep_stamp",
    "note_key",
    "note_trouble",
    "place_leaves",
    "replay_item",
    "restrict_item",
    "return_item",
    "revoke_item",
    "send_item",
    "unseal_item",
    "view_item",
    "withdraw_deposit",
]
