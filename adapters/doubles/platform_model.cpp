#include "adapters/doubles/platform_model.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace podbrief::doubles {
namespace {

constexpr Millis huge_wait{10'072'000};

const char* event_of(Access access) {
    switch (access) {
        case Access::open:
            return "unblocked";
        case Access::blocked:
            return "blocked";
        case Access::not_member:
            return "not member";
        case Access::read_only:
            return "read only";
        case Access::gone:
            return "gone";
    }
    return "";
}

}  // namespace

ChatMessage* Chat::find(const std::string& wanted) {
    const auto found = std::find_if(messages.rbegin(), messages.rend(),
                                    [&](const ChatMessage& message) { return message.id == wanted; });
    return found == messages.rend() ? nullptr : &*found;
}

Chat& PlatformModel::add_chat(const std::string& workspace, const std::string& chat) {
    auto& out = chats_[{workspace, chat}];
    out.workspace = workspace;
    out.id = chat;
    return out;
}

Chat* PlatformModel::chat(const std::string& workspace, const std::string& chat) {
    const auto found = chats_.find({workspace, chat});
    return found == chats_.end() ? nullptr : &found->second;
}

void PlatformModel::set_access(const std::string& workspace, const std::string& id, Access access, WallTime now) {
    if (auto* there = chat(workspace, id)) {
        there->access = access;
        emit(workspace, id, event_of(access), {}, now);
    }
}

void PlatformModel::revoke(const std::string& workspace, WallTime now) {
    if (revoked_.insert(workspace).second) emit(workspace, {}, "revoked", {}, now);
}

void PlatformModel::restore(const std::string& workspace, WallTime now) {
    if (revoked_.erase(workspace) != 0) emit(workspace, {}, "restored", {}, now);
}

void PlatformModel::move_chat(const std::string& workspace, const std::string& from, const std::string& to,
                              WallTime now) {
    if (auto* there = chat(workspace, from); there != nullptr && there->moved_to.empty()) {
        there->moved_to = to;
        add_chat(workspace, to);
        emit(workspace, from, "moved", to, now);
    }
}

bool PlatformModel::delete_message(const std::string& workspace, const std::string& id, const std::string& message,
                                   WallTime now) {
    auto* there = chat(workspace, id);
    auto* found = there == nullptr ? nullptr : there->find(message);
    if (found == nullptr || !found->visible()) return false;
    found->deleted_at = now;
    return true;
}

void PlatformModel::later(WallTime at, std::function<void(WallTime)> effect) {
    late_.emplace(at, std::move(effect));
}

void PlatformModel::settle(WallTime now) {
    while (!late_.empty() && late_.begin()->first <= now) {
        auto node = late_.extract(late_.begin());
        node.mapped()(node.key());
    }
}

void PlatformModel::begin(const Call& call) {
    settle(call.at);
    ++counters_.calls;
}

Millis PlatformModel::check_wait(const Key& key, const Call& call) {
    const auto found = tickets_.find(key);
    if (found == tickets_.end()) return Millis{0};
    Millis left{0};
    bool known = false;
    std::erase_if(found->second, [&](std::uint64_t ticket) {
        const auto wait = waits_.find(ticket);
        if (wait->second.until <= call.at) {
            waits_.erase(wait);
            return true;
        }
        left = std::max(left, Millis{wait->second.until - call.at});
        known = known || (wait->second.is_told && wait->second.told_at <= call.began);
        return false;
    });
    if (found->second.empty()) tickets_.erase(found);
    if (known) ++counters_.calls_inside_retry_after;
    return left;
}

std::uint64_t PlatformModel::ask_to_wait(const Key& key, const Call& call, Millis wait) {
    ++counters_.limited;
    if (wait <= Millis{0}) return 0;
    const auto ticket = next_ticket_++;
    waits_[ticket] = Wait{call.at + wait, !call.answer_travels, call.at};
    tickets_[key].push_back(ticket);
    return ticket;
}

void PlatformModel::told(std::uint64_t ticket, WallTime now) {
    const auto found = waits_.find(ticket);
    if (found == waits_.end()) return;
    found->second.is_told = true;
    found->second.told_at = now;
}

void PlatformModel::forget_told_since(WallTime since) {
    for (auto& [ticket, wait] : waits_) {
        if (wait.is_told && wait.told_at >= since) wait.is_told = false;
    }
}

std::pair<std::string, Millis> PlatformModel::retry_header(const Fault& fault, WallTime now) {
    const auto seconds = (fault.delay.count() + 999) / 1000;
    switch (fault.shape) {
        case RetryShape::integer:
            return {std::to_string(seconds), Millis{seconds * 1000}};
        case RetryShape::fraction: {
            std::array<char, 32> text{};
            std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(fault.delay.count()) / 1000);
            return {text.data(), fault.delay};
        }
        case RetryShape::http_date: {
            const WallTime whole = from_ms((to_ms(now) / 1000 + seconds) * 1000);
            return {http_date(whole), whole - now};
        }
        case RetryShape::zero:
            return {"0", Millis{0}};
        case RetryShape::missing:
            return {"", Millis{0}};
        case RetryShape::huge:
            return {"10072", huge_wait};
        case RetryShape::negative:
            return {"-1", Millis{0}};
    }
    return {};
}

void PlatformModel::say(const std::string& workspace, const std::string& id, std::string author, std::string text,
                        WallTime now) {
    auto* there = chat(workspace, id);
    if (there == nullptr) return;
    ChatMessage message;
    message.author = std::move(author);
    message.text = std::move(text);
    make(*there, std::move(message), now);
}

void PlatformModel::before(const Call& call, const std::string& workspace, const std::string& id,
                           const std::string& message) {
    switch (call.fault.kind) {
        case FaultKind::token_revoked:
            return revoke(token_of(workspace), call.at);
        case FaultKind::chat_blocked:
            return set_access(workspace, id, Access::blocked, call.at);
        case FaultKind::chat_moved:
            if (id.starts_with('-') && !id.starts_with("-100"))
                move_chat(workspace, id, "-100" + id.substr(1), call.at);
            return;
        case FaultKind::message_deleted:
            delete_message(workspace, id, message, call.at);
            return;
        default:
            return;
    }
}

ChatMessage& PlatformModel::make(Chat& chat, ChatMessage message, WallTime now) {
    if (message.author == bot_name) ++counters_.messages_made;
    message.id = next_id(now);
    message.made_at = now;
    chat.messages.push_back(std::move(message));
    return chat.messages.back();
}

void PlatformModel::change(ChatMessage& message, std::string text, WallTime now) {
    if (message.text == text) return;
    message.text = std::move(text);
    message.edits.push_back(now);
}

void PlatformModel::emit(const std::string& workspace, const std::string& chat, std::string kind, std::string detail,
                         WallTime now) {
    if (!on_event) return;
    InboundEvent event;
    event.platform = platform_;
    event.tenant = workspace;
    event.id = std::to_string(next_event_++);
    event.kind = std::move(kind);
    event.chat = chat;
    event.detail = std::move(detail);
    event.at = now;
    on_event(std::move(event));
}

void PlatformModel::for_each(const std::function<void(const Chat&, const ChatMessage&)>& look) const {
    for (const auto& [key, chat] : chats_) {
        for (const auto& message : chat.messages) look(chat, message);
    }
}

std::vector<PlatformModel::Seen> PlatformModel::with_text(std::string_view marker) const {
    std::vector<Seen> out;
    for_each([&](const Chat& chat, const ChatMessage& message) {
        if (message.text.find(marker) != std::string::npos) out.push_back({&chat, &message});
    });
    return out;
}

std::vector<PlatformModel::Seen> PlatformModel::with_tag(std::string_view tag) const {
    std::vector<Seen> out;
    for_each([&](const Chat& chat, const ChatMessage& message) {
        if (message.tag == tag) out.push_back({&chat, &message});
    });
    return out;
}

std::string http_date(WallTime at) {
    const auto seconds = static_cast<std::time_t>(to_ms(at) / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> out{};
    const auto length = std::strftime(out.data(), out.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {out.data(), length};
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t utf16_units(std::string_view utf8) {
    const auto astral =
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0U; });
    return code_points(utf8) + static_cast<std::size_t>(astral);
}

}  // namespace podbrief::doubles
