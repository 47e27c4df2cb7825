#include "core/transcripts/sniff.hpp"

#include <algorithm>

#include "core/text/html_events.hpp"
#include "core/text/unicode.hpp"
#include "core/transcripts/choose.hpp"
#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t head_size = 16 * 1024;

std::string_view charset_of(std::string_view content_type) {
    const std::size_t at = content_type.find("charset=");
    if (at == std::string_view::npos) return {};
    std::string_view name = content_type.substr(at + 8);
    name = trimmed(name.substr(0, name.find(';')));
    if (name.size() > 1 && name.front() == '"') name = name.substr(1, name.size() - 2);
    return name;
}

// True where every byte beyond ASCII stands alone, as in one-byte encodings.
bool no_utf8_at_all(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        at += text::ascii_prefix(bytes.substr(at));
        if (at >= bytes.size()) break;
        const std::size_t begin = at;
        while (at < bytes.size() && !text::is_ascii(bytes[at])) ++at;
        if (at - begin > 1 && text::is_valid_utf8(bytes.substr(begin, at - begin))) return false;
    }
    return true;
}

std::string decoded(std::string_view bytes, std::string_view content_type) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return text::decode(bytes, "utf-16");
    take(bytes, "\xEF\xBB\xBF");
    if (text::is_valid_utf8(bytes)) return text::to_valid_utf8(bytes);
    const std::string_view charset = charset_of(content_type);
    if (!charset.empty() && !starts_with_any_case(charset, "utf")) return text::decode(bytes, charset);
    return no_utf8_at_all(bytes) ? text::decode(bytes, "windows-1252") : text::to_valid_utf8(bytes);
}

// Sound, pictures and archives; and what a decoder could only guess at.
bool is_binary(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return false;
    const std::string_view head = bytes.substr(0, head_size);
    const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1B';
    });
    return static_cast<std::size_t>(odd) * 20 > head.size();
}

void end_lines_with_lf(std::string& s) {
    if (s.find('\r') == std::string::npos) return;
    std::size_t to = 0;
    for (std::size_t at = 0; at < s.size(); ++at) {
        if (s[at] == '\r' && at + 1 < s.size() && s[at + 1] == '\n') continue;
        s[to++] = s[at] == '\r' ? '\n' : s[at];
    }
    s.resize(to);
}

bool is_json(std::string_view s) {
    if (s.empty() || (s.front() != '{' && s.front() != '[')) return false;
    const std::string_view inside = trimmed(s.substr(1, 4096));
    if (inside.empty()) return false;
    return s.front() == '{' ? inside.front() == '"' || inside.front() == '}'
                            : inside.front() == '{' || inside.front() == ']';
}

bool has_srt_timing(std::string_view head) {
    std::string_view line;
    for (Lines lines(head); lines.next(line);) {
        if (srt_timing(line)) return true;
    }
    return false;
}

bool has_bold_label(std::string_view head) {
    std::string_view line;
    for (Lines lines(head); lines.next(line);) {
        if (!line.starts_with("**")) continue;
        const std::size_t end = line.find("**", 2);
        if (end == std::string_view::npos) continue;
        if (line[end - 1] == ':' || (end + 2 < line.size() && line[end + 2] == ':')) return true;
    }
    return false;
}

bool looks_like_html(std::string_view head) {
    if (head.starts_with('<')) return text::has_markup(head.substr(0, 64));
    std::size_t tags = 0;
    for (const std::string_view tag : {"<p>", "</p>", "<br", "</cite>", "</time>", "</div>"}) {
        for (std::size_t at = head.find(tag); at != std::string_view::npos; at = head.find(tag, at + 1)) ++tags;
    }
    return tags >= 4;
}

}  // namespace

std::optional<std::string> readable_text(std::string_view bytes, std::string_view content_type) {
    if (is_binary(bytes)) return std::nullopt;
    std::string text = decoded(bytes, content_type);
    end_lines_with_lf(text);
    return text;
}

TranscriptFormat sniff_format(std::string_view text, const ParseHints& hints) {
    const std::string_view body = trimmed(text.substr(0, head_size * 4));
    const std::string_view head = body.substr(0, head_size);
    const bool vtt_word = head.size() == 6 || (head.size() > 6 && text::is_ascii_space(head[6]));
    if (head.starts_with("WEBVTT") && vtt_word) return TranscriptFormat::webvtt;
    if (is_json(head)) return TranscriptFormat::json;
    if (has_srt_timing(head)) return TranscriptFormat::srt;
    const TranscriptOffer offer{hints.url, hints.content_type.substr(0, hints.content_type.find(';')), {}, {}};
    const auto hinted = offered_format(offer);
    if (looks_like_html(head)) return TranscriptFormat::html;
    if (hinted == TranscriptFormat::html && text::has_markup(head)) return TranscriptFormat::html;
    if (hinted == TranscriptFormat::markdown || has_bold_label(head)) return TranscriptFormat::markdown;
    return TranscriptFormat::text;
}

}  // namespace podbrief::transcripts
