#include "core/feeds/times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/feeds/trim.hpp"
#include "core/text/ascii.hpp"

namespace podbrief::feeds {
namespace {

using text::ascii_lower;
using namespace std::chrono_literals;

// The first letters of a word in lower case, as a number: "january" and "jan" give the same for three letters.
constexpr unsigned word_key(std::string_view word, std::size_t letters) {
    unsigned key = 0;
    for (std::size_t i = 0; i < letters && i < word.size(); ++i) {
        const char c = word[i];
        key = key << 8 | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return key;
}

int month_of(std::string_view word) {
    constexpr std::array keys = {word_key("jan", 3), word_key("feb", 3), word_key("mar", 3), word_key("apr", 3),
                                 word_key("may", 3), word_key("jun", 3), word_key("jul", 3), word_key("aug", 3),
                                 word_key("sep", 3), word_key("oct", 3), word_key("nov", 3), word_key("dec", 3)};
    const auto found = std::find(keys.begin(), keys.end(), word_key(word, 3));
    return found == keys.end() ? 0 : static_cast<int>(found - keys.begin()) + 1;
}

std::chrono::minutes zone_of(std::string_view word) {
    constexpr struct {
        std::string_view name;
        int minutes;
    } zones[] = {{"est", -300}, {"edt", -240}, {"cst", -360},  {"cdt", -300},  {"mst", -420}, {"mdt", -360},
                 {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"ast", -240},
                 {"adt", -180}, {"cet", 60},   {"cest", 120},  {"met", 60},    {"mest", 120}, {"mez", 60},
                 {"bst", 60},   {"wet", 0},    {"west", 60},   {"eet", 120},   {"eest", 180}, {"msk", 180},
                 {"ist", 330},  {"jst", 540},  {"kst", 540},   {"hkt", 480},   {"sgt", 480},  {"awst", 480},
                 {"acst", 570}, {"aest", 600}, {"aedt", 660},  {"nzst", 720},  {"nzdt", 780}};
    if (word_key(word, 4) == word_key("gmt", 4)) return 0min;
    for (const auto& zone : zones) {
        if (word.size() == zone.name.size() && word_key(word, 4) == word_key(zone.name, 4)) {
            return std::chrono::minutes{zone.minutes};
        }
    }
    return 0min;  // GMT, UTC, Z, and what nobody knows
}

// Reads a date from left to right, taking each number for what it can be.
class DateReader {
public:
    explicit DateReader(std::string_view text) : s_(text.substr(0, 100)) {}

    std::optional<WallTime> read() {
        while (i_ < s_.size()) {
            const char c = s_[i_];
            if (text::is_ascii_digit(c)) {
                read_number();
            } else if (text::is_ascii_letter(c)) {
                read_word();
            } else if ((c == '+' || c == '-') && has_time_ && i_ + 1 < s_.size() && text::is_ascii_digit(s_[i_ + 1])) {
                read_offset();
            } else {
                if (count_ == 1 && !separator_) separator_ = c;
                ++i_;
            }
        }
        return whole();
    }

private:
    struct Number {
        int value = 0;
        std::size_t digits = 0;
    };

    Number digits(std::size_t most) {
        Number n;
        while (i_ < s_.size() && text::is_ascii_digit(s_[i_]) && n.digits < most) {
            n.value = n.value * 10 + (s_[i_++] - '0');
            ++n.digits;
        }
        return n;
    }

    void read_number() {
        const std::size_t begin = i_;
        const Number n = digits(9);
        if (n.digits <= 2 && !has_time_ && i_ + 1 < s_.size() && s_[i_] == ':' && text::is_ascii_digit(s_[i_ + 1])) {
            read_time(n.value);
        } else if (n.digits == 8 && count_ == 0) {  // 20031213T183002Z
            i_ = begin;
            for (const std::size_t width : {4, 2, 2}) numbers_[count_++] = digits(width);
        } else if (n.digits == 6 && count_ == 3 && !has_time_) {
            i_ = begin;
            hour_ = digits(2).value;
            minute_ = digits(2).value;
            second_ = digits(2).value;
            has_time_ = true;
        } else if (count_ < numbers_.size()) {
            numbers_[count_++] = n;
        }
    }

    void read_time(int hour) {
        has_time_ = true;
        hour_ = hour;
        ++i_;
        minute_ = digits(2).value;
        if (i_ + 1 < s_.size() && s_[i_] == ':' && text::is_ascii_digit(s_[i_ + 1])) {
            ++i_;
            second_ = digits(2).value;
        }
        if (i_ + 1 < s_.size() && (s_[i_] == '.' || s_[i_] == ',') && text::is_ascii_digit(s_[i_ + 1])) {
            ++i_;
            Number n = digits(3);
            for (; n.digits < 3; ++n.digits) n.value *= 10;
            milli_ = n.value;
            while (i_ < s_.size() && text::is_ascii_digit(s_[i_])) ++i_;
        }
    }

    void read_word() {
        const std::size_t begin = i_;
        while (i_ < s_.size() && text::is_ascii_letter(s_[i_])) ++i_;
        const std::string_view word = s_.substr(begin, i_ - begin);
        if (word.size() == 2 && has_time_ && ascii_lower(word[1]) == 'm') {
            const char half = ascii_lower(word[0]);
            if (half == 'p' && hour_ < 12) hour_ += 12;
            if (half == 'a' && hour_ == 12) hour_ = 0;
        } else if (const int month = word.size() >= 3 && month_ == 0 ? month_of(word) : 0) {
            month_ = month;
        } else if (has_time_) {
            zone_ = zone_of(word);
        }
    }

    void read_offset() {
        const int sign = s_[i_++] == '-' ? -1 : 1;
        const Number n = digits(4);
        int hours = n.digits <= 2 ? n.value : n.value / 100;
        int minutes = n.digits <= 2 ? 0 : n.value % 100;
        if (n.digits <= 2 && i_ + 1 < s_.size() && s_[i_] == ':' && text::is_ascii_digit(s_[i_ + 1])) {
            ++i_;
            minutes = digits(2).value;
        }
        if (hours <= 15 && minutes < 60) zone_ = std::chrono::minutes{sign * (hours * 60 + minutes)};
    }

    // RFC 2822, 4.3
    static int full_year(Number n) {
        if (n.digits == 2) return n.value + (n.value < 50 ? 2000 : 1900);
        return n.digits == 3 ? n.value + 1900 : n.value;
    }

    bool find_day() {
        const auto& [a, b, c] = numbers_;
        if (month_ != 0) {
            if (count_ == 0) return false;
            if (count_ == 1) {  // "Nov 1997"
                year_ = full_year(a);
                return a.digits == 4;
            }
            const bool year_first = a.digits >= 3 || a.value > 31;
            year_ = full_year(year_first ? a : b);
            day_ = (year_first ? b : a).value;
            return true;
        }
        if (a.digits == 4) {  // 2003-12-13, 2003/12, 2003
            year_ = a.value;
            month_ = count_ > 1 ? b.value : 1;
            day_ = count_ > 2 ? c.value : 1;
            return count_ > 1 || s_.size() == 4;
        }
        if (count_ < 3) return false;
        const bool month_first = a.value <= 12 && (b.value > 12 || separator_ == '/');
        month_ = (month_first ? a : b).value;
        day_ = (month_first ? b : a).value;
        year_ = full_year(c);
        return true;
    }

    std::optional<WallTime> whole() {
        if (!find_day() || year_ < 1 || year_ > 9999 || month_ > 12) return std::nullopt;
        const std::chrono::year_month_day date{std::chrono::year{year_},
                                               std::chrono::month{static_cast<unsigned>(month_)},
                                               std::chrono::day{static_cast<unsigned>(std::min(day_, 99))}};
        if (!date.ok()) return std::nullopt;
        const std::chrono::sys_days midnight{date};
        if (hour_ > 24 || minute_ > 59 || second_ > 60) return WallTime{midnight};  // the day is better than nothing
        return WallTime{midnight} + std::chrono::hours{hour_} + std::chrono::minutes{minute_} +
               std::chrono::seconds{second_} + Millis{milli_} - zone_;
    }

    std::string_view s_;
    std::size_t i_ = 0;
    std::array<Number, 3> numbers_{};
    std::size_t count_ = 0;
    char separator_ = 0;
    int year_ = 0, month_ = 0, day_ = 1;
    bool has_time_ = false;
    int hour_ = 0, minute_ = 0, second_ = 0, milli_ = 0;
    std::chrono::minutes zone_{0};
};

}  // namespace

std::optional<WallTime> parse_date(std::string_view text) {
    return DateReader(trimmed(text)).read();
}

std::string rfc822(WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{seconds - day};
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

}  // namespace podbrief::feeds
