#include "core/search/other_words.hpp"

#include <stdexcept>
#include <string>

#include "core/search/number_at.hpp"
#include "core/text/digest.hpp"

namespace podbrief::search {
namespace {

constexpr std::string_view mark = "podbrief words 1";
constexpr std::size_t digest_digits = 16;
constexpr std::size_t header_bytes = mark.size() + 3 * 4 + digest_digits;
constexpr std::size_t most_words = 1 << 16;
constexpr std::size_t most_entries = 1 << 20;

[[noreturn]] void refuse(const std::string& what) {
    throw std::runtime_error("other words: " + what);
}

}  // namespace

OtherWords::OtherWords(std::string_view file) {
    if (file.size() < header_bytes) refuse("the file is cut off in its header");
    if (!file.starts_with(mark)) refuse("this is no file of other words, or of another version");
    words_ = number_at(file, mark.size());
    entries_ = number_at(file, mark.size() + 4);
    const std::size_t text_bytes = number_at(file, mark.size() + 8);
    if (words_ > most_words || entries_ > most_entries) refuse("the header makes no sense");
    body_ = file.substr(header_bytes);
    if (body_.size() != 8 * words_ + 4 * entries_ + text_bytes) refuse("the file is not as long as its header says");
    const std::string_view digest = file.substr(header_bytes - digest_digits, digest_digits);
    if (text::sha256_hex(body_).substr(0, digest_digits) != digest) refuse("the file is damaged");
    text_ = body_.substr(body_.size() - text_bytes);

    std::size_t end = 0;
    std::size_t end_of_its = 0;
    for (std::size_t i = 0; i < words_; ++i) {
        const std::size_t next = number(4 * i);
        if (next <= end || next > text_bytes || end_of_entries(i) < end_of_its || end_of_entries(i) > entries_) {
            refuse("its words make no sense");
        }
        end = next;
        end_of_its = end_of_entries(i);
        if (i > 0 && !(word(i - 1) < word(i))) refuse("its words are not in order");
    }
    for (std::size_t i = 0; i < entries_; ++i) {
        const std::uint32_t entry = number(8 * words_ + 4 * i);
        if (entry >> 16 >= words_ || (entry & 0xFF) > static_cast<std::uint32_t>(OtherWord::Kind::broader)) {
            refuse("its entries make no sense");
        }
    }
}

std::uint32_t OtherWords::number(std::size_t at) const {
    return number_at(body_, at);
}

std::string_view OtherWords::word(std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : number(4 * (at - 1));
    return text_.substr(begin, number(4 * at) - begin);
}

std::size_t OtherWords::find(std::string_view stem) const {
    std::size_t first = 0;
    std::size_t past = words_;
    while (first < past) {
        const std::size_t middle = first + (past - first) / 2;
        const std::string_view here = word(middle);
        if (here == stem) return middle;
        if (here < stem) {
            first = middle + 1;
        } else {
            past = middle;
        }
    }
    return words_;
}

std::vector<OtherWord> OtherWords::of(std::string_view stem) const {
    std::vector<OtherWord> others;
    const std::size_t at = find(stem);
    if (at == words_) return others;
    const std::size_t past = end_of_entries(at);
    for (std::size_t i = at == 0 ? 0 : end_of_entries(at - 1); i < past; ++i) {
        const std::uint32_t entry = number(8 * words_ + 4 * i);
        others.push_back({word(entry >> 16), (entry >> 8 & 0xFF) / 255.0, static_cast<OtherWord::Kind>(entry & 0xFF)});
    }
    return others;
}

}  // namespace podbrief::search
