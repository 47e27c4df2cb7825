#include "adapters/doubles/slack_model.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace podbrief::doubles {
namespace {

using slack::Answer;

constexpr std::size_t longest_text = 40'000;
constexpr std::size_t longest_update = 4'000;
constexpr std::size_t most_blocks = 50;
constexpr std::size_t longest_of_all_blocks = 13'200;  // seen by others, not documented

Answer failed(std::string error) {
    Answer out;
    out.error = std::move(error);
    return out;
}

// What is wrong with it; empty: nothing.
std::string content_error(const slack::Message& message) {
    if (message.text.empty() && message.blocks.empty()) return "no_text";
    if (!message.shown.empty()) {
        const bool too_long = !message.blocks.empty() && code_points(message.shown) > longest_of_all_blocks;
        return too_long ? "msg_blocks_too_long" : "";
    }
    if (message.blocks.size() > most_blocks) return "invalid_blocks";
    std::size_t sum = 0;
    for (const auto& block : message.blocks) {
        const auto length = code_points(block.text);
        if (length == 0 || length > (block.type == "header" ? 150U : 3000U)) return "invalid_blocks";
        sum += length;
    }
    return sum > longest_of_all_blocks ? "msg_blocks_too_long" : "";
}

std::string unescaped(std::string text) {
    for (const auto& [mark, meant] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
            text.replace(at, std::char_traits<char>::length(mark), meant);
        }
    }
    return text;
}

std::string cut(std::string text, std::size_t limit) {
    if (text.size() <= limit || code_points(text) <= limit) return text;
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && ++seen > limit) break;
    }
    return text.substr(0, at);
}

std::string shown(const slack::Message& message) {
    if (!message.shown.empty()) return cut(message.shown, longest_text);
    if (message.blocks.empty()) return unescaped(cut(message.text, longest_text));
    std::string out;
    for (const auto& block : message.blocks) {
        if (!out.empty()) out += "\n\n";
        out += block.type == "header" ? block.text : unescaped(block.text);
    }
    return out;
}

}  // namespace

std::string slack::ts_of(WallTime at, int micros) {
    const auto ms = std::max<std::int64_t>(0, to_ms(at));
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%010lld.%06lld", static_cast<long long>(ms / 1000),
                  static_cast<long long>(ms % 1000) * 1000 + micros);
    return out.data();
}

std::string SlackModel::next_id(WallTime now) {
    micros_ = now == last_ms_ ? micros_ + 1 : 0;
    last_ms_ = now;
    return slack::ts_of(now, micros_);
}

Answer SlackModel::limited(const Call& call, const Key& key, const Fault& fault) {
    Answer out = failed("ratelimited");
    out.status = 429;
    const auto [header, wait] = retry_header(fault, call.at);
    out.retry_after = header;
    out.ticket = ask_to_wait(key, call, wait);
    return out;
}

Millis SlackModel::over_limit(const Call& call, const std::string& team, const std::string& channel, Method method) {
    auto& limits = workspaces_[team];
    const auto ask = [&](auto& limit) {
        const auto wait = limit.wait(call.at);
        if (wait == Millis{0}) limit.take(call.at);
        return wait;
    };
    if (method == Method::update) return ask(limits.updates);
    if (method == Method::history) {
        return ask(history_mode_ == HistoryMode::slow ? limits.slow_reads : limits.reads);
    }
    auto& one = limits.channels.try_emplace(channel, Millis{1000}, 5).first->second;
    const auto wait = std::max(one.wait(call.at), limits.posts.wait(call.at));
    if (wait == Millis{0}) {
        one.take(call.at);
        limits.posts.take(call.at);
    }
    return wait;
}

std::string SlackModel::refusal(const std::string& team, const std::string& channel) {
    const auto* there = chat(team, channel);
    if (there == nullptr) return "channel_not_found";
    switch (there->access) {
        case Access::open:
            return {};
        case Access::blocked:
            return "messages_tab_disabled";
        case Access::not_member:
            return "not_in_channel";
        case Access::read_only:
            return "is_archived";
        case Access::gone:
            return "channel_not_found";
    }
    return {};
}

template <class Real>
Answer SlackModel::answer(const Call& call, const std::string& team, Method method, bool rich, Real real) {
    static constexpr const char* names[] = {"chat.postMessage", "chat.update", "conversations.history"};
    const Key key{team, names[static_cast<int>(method)]};
    const auto& fault = call.fault;
    const auto finish = [&](Answer out) {
        out.date = call.at;
        if (out.status == 401 || out.status == 403 || out.status == 429) ++counters_.invalid;
        return out;
    };
    if (const auto left = check_wait(key, call); left > Millis{0}) {
        Fault again;
        again.delay = left;
        return finish(limited(call, key, again));
    }
    if (revoked(team)) {
        ++counters_.calls_while_revoked;
        return finish(failed("token_revoked"));
    }
    Answer out;
    if (fault.kind == FaultKind::limited) return finish(limited(call, key, fault));
    if (fault.kind == FaultKind::payload_refused && rich) return finish(failed("invalid_blocks"));
    if (fault.made || fault.kind < FaultKind::limited || fault.kind > FaultKind::fatal_error) out = real();
    switch (fault.kind) {
        case FaultKind::http_500:
            out = failed("");
            out.status = 500;
            out.readable = false;
            break;
        case FaultKind::http_502:
            out = failed("");
            out.status = 502;
            out.readable = false;
            break;
        case FaultKind::http_503:
            out = failed("");
            out.status = 503;
            out.readable = false;
            break;
        case FaultKind::http_504:
            out = failed("");
            out.status = 504;
            out.readable = false;
            break;
        case FaultKind::garbage_html:
        case FaultKind::garbage_empty:
        case FaultKind::garbage_json:
            out = Answer{};
            out.readable = false;
            break;
        case FaultKind::internal_error:
            out = failed("internal_error");
            break;
        case FaultKind::fatal_error:
            out = failed("fatal_error");
            break;
        default:
            break;
    }
    return finish(std::move(out));
}

Answer SlackModel::post_message(const Call& call, const slack::PostMessage& post) {
    begin(call);
    before(call, post.team, post.channel, {});
    return answer(call, post.team, Method::post, !post.message.blocks.empty(), [&] { return posted(call, post); });
}

Answer SlackModel::posted(const Call& call, const slack::PostMessage& post) {
    if (const auto wait = over_limit(call, post.team, post.channel, Method::post); wait > Millis{0}) {
        Fault fault;
        fault.delay = wait;
        return limited(call, {post.team, "chat.postMessage"}, fault);
    }
    if (auto error = refusal(post.team, post.channel); !error.empty()) return failed(std::move(error));
    if (auto error = content_error(post.message); !error.empty()) return failed(std::move(error));
    Answer out;
    out.ok = true;
    auto& same = workspaces_[post.team].by_client_msg_id;
    if (!post.client_msg_id.empty() && client_msg_id_ == ClientMsgId::rejected) return failed("invalid_arguments");
    if (!post.client_msg_id.empty() && client_msg_id_ == ClientMsgId::honoured) {
        const auto first = same.find(post.client_msg_id);
        if (first != same.end()) {
            out.ts = first->second;
            return out;
        }
    }
    ChatMessage message;
    message.author = bot_name;
    message.text = shown(post.message);
    message.metadata = post.message.delivery_id;
    message.thread = post.message.thread;
    message.tag = post.tag;
    out.ts = make(*chat(post.team, post.channel), std::move(message), call.at).id;
    if (!post.client_msg_id.empty() && client_msg_id_ == ClientMsgId::honoured) same[post.client_msg_id] = out.ts;
    return out;
}

Answer SlackModel::update(const Call& call, const slack::Update& update) {
    begin(call);
    before(call, update.team, update.channel, update.ts);
    return answer(call, update.team, Method::update, !update.message.blocks.empty(),
                  [&] { return updated(call, update); });
}

Answer SlackModel::updated(const Call& call, const slack::Update& update) {
    if (const auto wait = over_limit(call, update.team, update.channel, Method::update); wait > Millis{0}) {
        Fault fault;
        fault.delay = wait;
        return limited(call, {update.team, "chat.update"}, fault);
    }
    if (auto error = refusal(update.team, update.channel); !error.empty()) return failed(std::move(error));
    if (code_points(update.message.text) > longest_update) return failed("msg_too_long");
    if (auto error = content_error(update.message); !error.empty()) return failed(std::move(error));
    auto* message = chat(update.team, update.channel)->find(update.ts);
    if (message == nullptr || !message->visible()) return failed("message_not_found");
    if (message->author != bot_name) return failed("cant_update_message");
    change(*message, shown(update.message), call.at);
    Answer out;
    out.ok = true;
    out.ts = update.ts;
    return out;
}

std::string SlackModel::write(const std::string& team, const std::string& channel, ChatMessage message, WallTime now) {
    auto* there = chat(team, channel);
    return there == nullptr ? std::string() : make(*there, std::move(message), now).id;
}

bool SlackModel::rewrite(const std::string& team, const std::string& channel, const std::string& ts, std::string shown,
                         WallTime now) {
    auto* there = chat(team, channel);
    auto* message = there == nullptr ? nullptr : there->find(ts);
    if (message == nullptr || !message->visible()) return false;
    change(*message, std::move(shown), now);
    return true;
}

Answer SlackModel::history(const Call& call, const slack::History& ask) {
    begin(call);
    before(call, ask.team, ask.channel, {});
    return answer(call, ask.team, Method::history, false, [&] { return read(call, ask); });
}

Answer SlackModel::read(const Call& call, const slack::History& ask) {
    if (const auto wait = over_limit(call, ask.team, ask.channel, Method::history); wait > Millis{0}) {
        Fault fault;
        fault.delay = wait;
        return limited(call, {ask.team, "conversations.history"}, fault);
    }
    if (history_mode_ == HistoryMode::forbidden) return failed("missing_scope");
    auto error = refusal(ask.team, ask.channel);
    if (!error.empty() && error != "is_archived") return failed(std::move(error));
    const auto limit =
        static_cast<std::size_t>(std::clamp(ask.limit, 1, history_mode_ == HistoryMode::slow ? 15 : 999));
    Answer out;
    out.ok = true;
    const auto& messages = chat(ask.team, ask.channel)->messages;
    for (auto at = messages.rbegin(); at != messages.rend() && at->id > ask.oldest; ++at) {
        if (!at->only_for.empty()) continue;
        if (ask.thread.empty() ? !at->thread.empty() : at->thread != ask.thread && at->id != ask.thread) continue;
        if (!at->visible() || (!ask.cursor.empty() && at->id >= ask.cursor)) continue;
        if (out.messages.size() == limit) {
            out.next_cursor = out.messages.back().ts;
            break;
        }
        slack::HistoryItem item{at->id, at->author, at->text, ask.include_all_metadata ? at->metadata : "", at->thread};
        out.messages.push_back(std::move(item));
    }
    return out;
}

}  // namespace podbrief::doubles
