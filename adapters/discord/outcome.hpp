#pragma once
#include "adapters/discord/rest.hpp"
#include "core/model/delivery.hpp"
#include "core/ports/messenger.hpp"

// What an answer, or none, means for a delivery (docs.discord.com: topics/opcodes-and-status-codes): decided by what
// was written and what Discord says. Pure.
namespace podbrief::discord {

// For Step::find a readable answer is Sent: what is in it is for the caller to see.
SendOutcome classify(Step step, const RestResult& result);

// The way that an interaction opened leads nowhere any more (or not yet): unknown, expired, used up. The chat remains.
bool is_closed_way(const Answer& answer);
// Somebody cannot be written to: not by us, or not now by anybody.
bool is_closed_to_direct_messages(const Answer& answer);

}  // namespace podbrief::discord
