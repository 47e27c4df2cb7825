#include "adapters/web/page.hpp"

#include "adapters/web/http_date.hpp"
#include "core/text/digest.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t worth_compressing = 600;  // bytes; below, a packet is not filled anyhow

bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") || type.find("xml") != type.npos;
}

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_weakness(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

// If-None-Match: "*", or a list of tags, compared weakly (RFC 9110, 13.1.2).
bool matches(std::string_view list, std::string_view etag) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string_view one = list.substr(0, comma);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
        if (one == "*" || without_weakness(one) == without_weakness(etag)) return true;
    }
    return false;
}

}  // namespace

std::string_view header_of(const ServerRequest& request, std::string_view name) {
    for (const HttpHeader& header : request.headers) {
        if (same_name(header.name, name)) return header.value;
    }
    return {};
}

ReadyPage::ReadyPage(Page page, Effort effort) : page_(std::move(page)), effort_(effort) {
    compressible_ = is_text(page_.type) && page_.bytes.size() >= worth_compressing;
    if (page_.status == 200) {
        etag_ = fmt::format("W/\"{:016x}\"", text::fnv1a(page_.bytes));
        if (page_.modified) modified_ = http_date(*page_.modified);
    }
}

std::size_t ReadyPage::bytes() const {
    return page_.bytes.size() + packed_[0].bytes.size() + packed_[1].bytes.size() + sizeof(*this);
}

const std::string& ReadyPage::body_as(Encoding encoding) {
    if (encoding == Encoding::identity) return page_.bytes;
    Packed& packed = packed_[encoding == Encoding::gzip ? 0 : 1];
    // Most pages are asked for once: the effort is made for those that are asked for again.
    const bool again = !packed.bytes.empty() && packed.effort == Effort::fast && effort_ == Effort::small;
    if (packed.bytes.empty() || again) {
        packed.effort = again ? Effort::small : Effort::fast;
        packed.bytes = compressed(page_.bytes, encoding, packed.effort);
    }
    return packed.bytes;
}

ServerResponse ReadyPage::answer(const ServerRequest& request) {
    ServerResponse out;
    out.status = page_.status;
    out.headers.reserve(12 + page_.headers.size());
    out.headers = page_.headers;
    if (!page_.cache.empty()) out.headers.push_back({"Cache-Control", page_.cache});
    if (!etag_.empty()) out.headers.push_back({"ETag", etag_});
    if (!modified_.empty()) out.headers.push_back({"Last-Modified", modified_});
    if (compressible_) out.headers.push_back({"Vary", "Accept-Encoding"});
    if (!etag_.empty()) {
        const std::string_view known = header_of(request, "If-None-Match");
        bool unchanged = !known.empty() && matches(known, etag_);
        if (known.empty() && page_.modified) {
            const auto since = http_date_from(header_of(request, "If-Modified-Since"));
            unchanged = since && std::chrono::floor<std::chrono::seconds>(*page_.modified) <= *since;
        }
        if (unchanged) {
            out.status = 304;
            return out;
        }
    }
    out.headers.push_back({"Content-Type", page_.type});
    const Encoding encoding =
        compressible_ ? preferred_encoding(header_of(request, "Accept-Encoding")) : Encoding::identity;
    if (encoding != Encoding::identity) out.headers.push_back({"Content-Encoding", std::string(to_string(encoding))});
    out.body = body_as(encoding);
    return out;
}

}  // namespace podbrief::web
