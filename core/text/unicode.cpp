#include "core/text/unicode.hpp"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "core/text/ascii.hpp"
#include "core/text/break_iterator.hpp"
#include "core/text/code_points.hpp"

namespace podbrief::text {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

void append_code_point(std::string& out, UChar32 c) {
    char buffer[4];
    int32_t length = 0;
    UBool failed = false;
    U8_APPEND(reinterpret_cast<uint8_t*>(buffer), length, 4, c, failed);
    if (!failed) out.append(buffer, static_cast<std::size_t>(length));
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = get(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
    return *found;
}

std::size_t columns_of(UChar32 c) {
    if (c < 0) return 1;
    const uint32_t invisible = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CC_MASK | U_GC_CF_MASK;
    if ((U_GET_GC_MASK(c) & invisible) != 0) return c == 0xAD ? 1 : 0;
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    const bool wide = width == U_EA_WIDE || width == U_EA_FULLWIDTH || u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
    return wide ? 2 : 1;
}

bool is_dropped_control(UChar32 c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        at += ascii_prefix(bytes.substr(at));
        if (at < bytes.size() && next_code_point(bytes, at) < 0) return false;
    }
    return true;
}

std::string to_valid_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t begin = at;
        while (at < bytes.size() && is_plain_ascii(bytes[at])) ++at;
        out.append(bytes.substr(begin, at - begin));
        if (at == bytes.size()) break;
        const UChar32 c = next_code_point(bytes, at);
        if (c <= 0) {
            out += replacement;
        } else if (!is_dropped_control(c)) {
            append_code_point(out, c);
        }
    }
    return out;
}

std::string decode(std::string_view bytes, std::string_view charset) {
    std::string name(charset.substr(0, 64));
    std::erase_if(name, [](char c) { return c == ' ' || c == '"' || c == '\''; });
    for (char& c : name) c = ascii_lower(c);
    if (name.empty() || name == "utf-8" || name == "utf8") return to_valid_utf8(bytes);
    for (const std::string_view latin : {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"}) {
        if (name == latin) name = "windows-1252";
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(name.c_str(), &status), ucnv_close);
    if (U_FAILURE(status)) return to_valid_utf8(bytes);
    // In pieces, as lengths are 32 bits there.
    std::string out;
    UChar buffer[4096];
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    do {
        status = U_ZERO_ERROR;
        UChar* target = buffer;
        ucnv_toUnicode(converter.get(), &target, buffer + std::size(buffer), &source, source_end, nullptr, true,
                       &status);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) break;
        icu::UnicodeString(false, buffer, static_cast<int32_t>(target - buffer)).toUTF8String(out);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return to_valid_utf8(out);
}

std::string fold(std::string_view utf8) {
    std::string out;
    if (is_ascii(utf8)) {
        out.resize(utf8.size());
        std::transform(utf8.begin(), utf8.end(), out.begin(), ascii_lower);
        return out;
    }
    static const icu::Normalizer2& folding = normalizer(icu::Normalizer2::getNFKCCasefoldInstance);
    static const icu::Normalizer2& taking_apart = normalizer(icu::Normalizer2::getNFDInstance);
    static const icu::Normalizer2& composing = normalizer(icu::Normalizer2::getNFCInstance);
    UErrorCode status = U_ZERO_ERROR;
    const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
    const icu::UnicodeString apart = taking_apart.normalize(folding.normalize(wide, status), status);
    icu::UnicodeString bare;
    for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        // Accents of Latin, Greek and Cyrillic letters; the vowel and sound marks of other scripts (below 200) stay.
        const uint8_t combining = u_getCombiningClass(c);
        if (combining != 1 && combining < 200) bare.append(c);
    }
    const icu::UnicodeString whole = composing.normalize(bare, status);
    if (U_FAILURE(status)) return std::string(utf8);
    whole.toUTF8String(out);
    return out;
}

std::string to_lower(std::string_view utf8) {
    std::string out;
    if (is_ascii(utf8)) {
        out.resize(utf8.size());
        std::transform(utf8.begin(), utf8.end(), out.begin(), ascii_lower);
        return out;
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(utf8.size()));
    icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr,
                              status);
    return U_FAILURE(status) ? std::string(utf8) : out;
}

std::string collapse_white_space(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    bool pending = false;
    std::size_t at = 0;
    while (at < utf8.size()) {
        const std::size_t begin = at;
        const char byte = utf8[at];
        bool space = false;
        if (is_ascii(byte)) {
            ++at;
            space = is_ascii_space(byte);
        } else {
            const UChar32 c = next_code_point(utf8, at);
            space = c >= 0 && u_isUWhiteSpace(c);
        }
        if (space) {
            pending = !out.empty();
            continue;
        }
        if (pending) out += ' ';
        pending = false;
        out.append(utf8.substr(begin, at - begin));
    }
    return out;
}

std::size_t code_point_count(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view prefix_of(std::string_view utf8, std::size_t limit_code_points) {
    if (utf8.size() <= limit_code_points) return utf8;
    std::size_t at = 0;
    std::size_t taken = 0;
    while (at < utf8.size() && taken < limit_code_points) {
        ++at;
        while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) ++at;
        ++taken;
    }
    if (at == utf8.size() || at == 0) return utf8.substr(0, at);
    const bool in_crlf = utf8[at - 1] == '\r' && utf8[at] == '\n';
    if (is_ascii(utf8[at - 1]) && is_ascii(utf8[at]) && !in_crlf) return utf8.substr(0, at);
    BreakIterator graphemes(BreakIterator::Kind::grapheme, utf8);
    return utf8.substr(0, graphemes.at_or_before(at));
}

std::string shortened(std::string_view utf8, std::size_t limit_code_points) {
    if (utf8.size() <= limit_code_points || code_point_count(utf8) <= limit_code_points) return std::string(utf8);
    if (limit_code_points == 0) return {};
    std::string_view cut = prefix_of(utf8, limit_code_points - 1);
    if (cut.size() < utf8.size() && !is_ascii_space(utf8[cut.size()])) {
        const std::size_t space = cut.find_last_of(" \t\n");
        if (space != std::string_view::npos && space > 0) cut = cut.substr(0, space);
    }
    while (!cut.empty() && (is_ascii_space(cut.back()) || std::string_view(",;:-.").find(cut.back()) != cut.npos)) {
        cut.remove_suffix(1);
    }
    return std::string(cut) + "\xE2\x80\xA6";
}

std::size_t display_width(std::string_view utf8) {
    if (is_ascii(utf8)) {
        return static_cast<std::size_t>(
            std::count_if(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c != 0x7F; }));
    }
    BreakIterator graphemes(BreakIterator::Kind::grapheme, utf8);
    std::size_t total = 0;
    std::size_t begin = 0;
    for (std::size_t end = graphemes.next(); end != BreakIterator::done; begin = end, end = graphemes.next()) {
        std::size_t columns = 0;  // of the grapheme: as wide as its widest character
        for (std::size_t at = begin; at < end;) {
            const UChar32 c = next_code_point(utf8, at);
            const bool asks_for_emoji = c == 0xFE0F && columns > 0;
            columns = std::max(columns, asks_for_emoji ? 2 : columns_of(c));
        }
        total += columns;
    }
    return total;
}

}  // namespace podbrief::text
