#include "adapters/doubles/discord_model.hpp"

#include <algorithm>
#include <cctype>

namespace podbrief::doubles {
namespace {

using discord::Answer;
using discord::is_after;

constexpr std::size_t longest_content = 2000;
constexpr std::size_t longest_nonce = 25;
constexpr std::int64_t epoch_ms = 1'420'070'400'000;

Answer failed(int status, int code, std::string message) {
    Answer out;
    out.status = status;
    out.code = code;
    out.message = std::move(message);
    return out;
}

Answer unreadable(int status) {
    Answer out;
    out.status = status;
    out.readable = false;
    return out;
}

// As people see it: a backslash before punctuation is not shown.
std::string shown(const std::string& content) {
    std::string out;
    for (std::size_t i = 0; i < content.size(); ++i) {
        const bool escape = content[i] == '\\' && i + 1 < content.size() &&
                            std::ispunct(static_cast<unsigned char>(content[i + 1])) != 0;
        if (escape) ++i;
        out += content[i];
    }
    return out;
}

Answer content_error(const std::string& content) {
    if (content.find_first_not_of(" \n") == std::string::npos)
        return failed(400, 50006, "Cannot send an empty message");
    if (code_points(content) > longest_content) return failed(400, 50035, "Invalid Form Body");
    return {};
}

}  // namespace

bool discord::is_after(const std::string& snowflake, const std::string& other) {
    return snowflake.size() != other.size() ? snowflake.size() > other.size() : snowflake > other;
}

std::string discord::snowflake_of(WallTime at, std::uint64_t number) {
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_ms(at) - epoch_ms));
    return std::to_string((ms << 22U) | (number & 0x3FFFFFU));
}

std::string DiscordModel::next_id(WallTime now) {
    return discord::snowflake_of(now, ++number_);
}

Answer DiscordModel::limited(const Call& call, const Key& key, const Fault& fault) {
    const auto [header, wait] = retry_header(fault, call.at);
    Answer out = failed(429, 0, "You are being rate limited.");
    out.retry_after = header;
    if (fault.shape == RetryShape::integer || fault.shape == RetryShape::fraction || fault.shape == RetryShape::huge) {
        out.retry_after_s = static_cast<double>(wait.count()) / 1000;
    }
    out.global = fault.scope == LimitScope::global;
    out.scope = out.global ? "global" : fault.scope == LimitScope::shared ? "shared" : "user";
    out.ticket = ask_to_wait(key, call, wait);
    return out;
}

template <class Real>
Answer DiscordModel::answer(const Call& call, const std::string& channel, Route route, bool rich, Real real) {
    const auto& fault = call.fault;
    const Key everywhere{"global", ""};
    static constexpr const char* names[] = {"create", "edit", "list"};
    const Key here{names[static_cast<int>(route)], channel};
    const auto finish = [&](Answer out) {
        out.date = call.at;
        const bool counts = out.status == 401 || out.status == 403 || (out.status == 429 && out.scope != "shared");
        if (counts) {
            ++counters_.invalid;
            invalid_.take(call.at);
            if (invalid_.wait(call.at) > Millis{0}) banned_until_ = call.at + std::chrono::hours{1};
        }
        return out;
    };
    const auto asked_too_early = [&](const Key& key, LimitScope scope, Millis wait) {
        Fault again;
        again.delay = wait;
        again.scope = scope;
        again.shape = RetryShape::fraction;
        return finish(limited(call, key, again));
    };
    if (banned(call.at)) {
        Answer out = unreadable(429);  // Cloudflare's page
        out.retry_after = std::to_string((banned_until_ - call.at).count() / 1000 + 1);
        out.ticket = ask_to_wait(everywhere, call, banned_until_ - call.at);
        return out;
    }
    if (revoked({})) {
        ++counters_.calls_while_revoked;
        return finish(failed(401, 0, "401: Unauthorized"));
    }
    const auto left_everywhere = check_wait(everywhere, call);
    if (left_everywhere > Millis{0}) return asked_too_early(everywhere, LimitScope::global, left_everywhere);
    const auto left_here = check_wait(here, call);
    if (left_here > Millis{0}) return asked_too_early(here, LimitScope::chat, left_here);
    if (const auto wait = global_.wait(call.at); wait > Millis{0}) {
        return asked_too_early(everywhere, LimitScope::global, wait);
    }
    auto& buckets = buckets_[channel];
    auto& bucket = route == Route::create               ? buckets.create
                   : route == Route::edit               ? buckets.edit
                   : history_mode_ == HistoryMode::slow ? buckets.slow_list
                                                        : buckets.list;
    if (const auto wait = bucket.wait(call.at); wait > Millis{0}) return asked_too_early(here, LimitScope::chat, wait);
    if (fault.kind == FaultKind::limited) {
        return finish(limited(call, fault.scope == LimitScope::global ? everywhere : here, fault));
    }
    global_.take(call.at);
    bucket.take(call.at);
    if (fault.kind == FaultKind::payload_refused && rich) return finish(failed(400, 50035, "Invalid Form Body"));
    Answer out;
    if (fault.made || fault.kind < FaultKind::limited || fault.kind > FaultKind::fatal_error) out = real();
    switch (fault.kind) {
        case FaultKind::http_500:
            out = unreadable(500);
            break;
        case FaultKind::http_502:
            out = unreadable(502);
            break;
        case FaultKind::http_503:
            out = unreadable(503);
            break;
        case FaultKind::http_504:
            out = unreadable(504);
            break;
        case FaultKind::garbage_html:
        case FaultKind::garbage_empty:
        case FaultKind::garbage_json:
            out = unreadable(200);
            break;
        default:
            break;
    }
    return finish(std::move(out));
}

Answer DiscordModel::access_error(const std::string& guild, const std::string& channel) {
    const auto* there = chat(guild, channel);
    if (there == nullptr) return failed(404, 10003, "Unknown Channel");
    if (revoked(guild)) return failed(403, 50001, "Missing Access");
    switch (there->access) {
        case Access::open:
            return {};
        case Access::blocked:
            return failed(403, 50007, "Cannot send messages to this user");
        case Access::not_member:
            return failed(403, 50001, "Missing Access");
        case Access::read_only:
            return failed(403, 50013, "Missing Permissions");
        case Access::gone:
            return failed(404, 10003, "Unknown Channel");
    }
    return {};
}

const ChatMessage* DiscordModel::same_nonce(const Call& call, const discord::CreateMessage& create) {
    const auto* there = chat(create.guild, create.channel);
    if (there == nullptr || create.nonce.empty()) return nullptr;
    for (auto at = there->messages.rbegin(); at != there->messages.rend(); ++at) {
        if (at->made_at + nonce_window_ <= call.at) return nullptr;
        if (at->author == bot_name && at->nonce == create.nonce) return &*at;
    }
    return nullptr;
}

Answer DiscordModel::create_message(const Call& call, const discord::CreateMessage& create) {
    begin(call);
    const auto* first = same_nonce(call, create);
    before(call, create.guild, create.channel, first == nullptr ? std::string() : first->id);
    return answer(call, create.channel, Route::create, create.markdown, [&] { return created(call, create); });
}

Answer DiscordModel::created(const Call& call, const discord::CreateMessage& create) {
    if (auto error = access_error(create.guild, create.channel); error.status != 200) return error;
    if (!create.looks) {
        if (auto error = content_error(create.content); error.status != 200) return error;
    }
    if (create.nonce.size() > longest_nonce) return failed(400, 50035, "Invalid Form Body");
    Answer out;
    if (create.enforce_nonce) {
        if (const auto* first = same_nonce(call, create)) {
            if (!first->visible()) return failed(404, 10008, "Unknown Message");
            out.id = first->id;
            return out;
        }
    }
    out.id = respond(create, call.at);
    return out;
}

std::string DiscordModel::respond(const discord::CreateMessage& create, WallTime now) {
    auto* there = chat(create.guild, create.channel);
    if (there == nullptr) return {};
    ChatMessage message;
    message.author = bot_name;
    message.text = create.looks ? create.content : shown(create.content);
    message.nonce = create.nonce;
    message.tag = create.tag;
    if (create.looks) {
        message.buttons = create.looks->buttons;
        message.links = create.looks->links;
        message.metadata = create.looks->payload;
    }
    return make(*there, std::move(message), now).id;
}

bool DiscordModel::change_response(const discord::EditMessage& edit, WallTime now) {
    auto* there = chat(edit.guild, edit.channel);
    auto* message = there == nullptr ? nullptr : there->find(edit.message);
    if (message == nullptr || !message->visible()) return false;
    const std::string text = edit.looks ? edit.content : shown(edit.content);
    const bool same_text = message->text == text;
    change(*message, text, now);
    if (!edit.looks) return true;
    if (same_text && message->buttons != edit.looks->buttons) message->edits.push_back(now);
    message->buttons = edit.looks->buttons;
    message->links = edit.looks->links;
    message->metadata = edit.looks->payload;
    return true;
}

Answer DiscordModel::edit_message(const Call& call, const discord::EditMessage& edit) {
    begin(call);
    before(call, edit.guild, edit.channel, edit.message);
    return answer(call, edit.channel, Route::edit, edit.markdown, [&] { return edited(call, edit); });
}

Answer DiscordModel::edited(const Call& call, const discord::EditMessage& edit) {
    if (auto error = access_error(edit.guild, edit.channel); error.status != 200) return error;
    auto* message = chat(edit.guild, edit.channel)->find(edit.message);
    if (message == nullptr || !message->visible()) return failed(404, 10008, "Unknown Message");
    if (message->author != bot_name) return failed(403, 50005, "Cannot edit a message authored by another user");
    if (!edit.looks) {
        if (auto error = content_error(edit.content); error.status != 200) return error;
    }
    change_response(edit, call.at);
    Answer out;
    out.id = edit.message;
    return out;
}

Answer DiscordModel::list_messages(const Call& call, const discord::ListMessages& ask) {
    begin(call);
    before(call, ask.guild, ask.channel, {});
    return answer(call, ask.channel, Route::list, false, [&] { return listed(ask); });
}

// The first `limit` after `after`, newest of them first.
Answer DiscordModel::listed(const discord::ListMessages& ask) {
    if (history_mode_ == HistoryMode::forbidden) return failed(403, 50001, "Missing Access");
    auto error = access_error(ask.guild, ask.channel);
    if (error.status != 200 && error.code != 50013) return error;
    Answer out;
    if (history_mode_ == HistoryMode::silently_empty) return out;
    const auto limit = static_cast<std::size_t>(std::clamp(ask.limit, 1, 100));
    const auto& messages = chat(ask.guild, ask.channel)->messages;
    const auto list = [&](const ChatMessage& message) {
        if (message.visible() && out.messages.size() < limit)
            out.messages.push_back({message.id, message.author, message.text, message.nonce});
    };
    auto at = messages.end();
    if (ask.after.empty()) {
        while (at != messages.begin() && !ask.before.empty() && !is_after(ask.before, std::prev(at)->id)) --at;
        std::for_each(std::make_reverse_iterator(at), messages.rend(), list);
        return out;
    }
    while (at != messages.begin() && is_after(std::prev(at)->id, ask.after)) --at;
    std::for_each(at, messages.end(), list);
    std::reverse(out.messages.begin(), out.messages.end());
    return out;
}

}  // namespace podbrief::doubles
