#include "adapters/terminal/layout.hpp"

#include "core/text/unicode.hpp"

namespace podbrief::terminal {
namespace {

// A piece that is not broken, with what parts it from the one before.
struct Piece {
    std::string text;
    const Run* run = nullptr;
    bool space_before = false;
    std::size_t tail = 0;  // columns of what must follow on the same line
};

std::vector<Piece> pieces_of(const std::vector<Run>& runs) {
    std::vector<Piece> pieces;
    bool space = false;
    for (const Run& run : runs) {
        std::string_view rest = run.text;
        bool first = run.follows;
        while (!rest.empty()) {
            if (rest.front() == ' ') {
                space = true;
                rest.remove_prefix(1);
                continue;
            }
            std::size_t size = run.unbroken ? rest.size() : std::min(rest.find(' '), rest.size());
            while (rest[size - 1] == ' ') --size;
            if (first && !pieces.empty())
                pieces.back().tail = text::display_width(rest.substr(0, size)) + (space ? 1 : 0);
            first = false;
            pieces.push_back({std::string(rest.substr(0, size)), &run, space, 0});
            rest.remove_prefix(size);
            space = false;
        }
    }
    return pieces;
}

// The longest front of `text` that fits, at least one character.
std::string_view front_of(std::string_view text, std::size_t columns) {
    const std::size_t most = 4 * columns + 16;  // marks without width are not followed for ever
    std::string_view fits;
    for (std::size_t count = 1; count <= most && fits.size() < text.size(); ++count) {
        const std::string_view front = text::prefix_of(text, count);
        if (!fits.empty() && text::display_width(front) > columns) break;
        fits = front;
    }
    return fits.empty() ? text : fits;
}

class Lines {
public:
    Lines(std::size_t width, const Indent& indent) : width_(width), indent_(indent), out_(indent.first) {
        column_ = indent.width;
    }

    void add(const Piece& piece) {
        const std::size_t wide = text::display_width(piece.text);
        const std::size_t gap = piece.space_before && !at_begin_ ? 1 : 0;
        if (!at_begin_ && piece.space_before && column_ + gap + wide + piece.tail > width_) {
            new_line();
        } else if (gap > 0) {
            put(" ", 1, last_run_ == piece.run ? piece.run : nullptr);
        }
        std::string_view rest = piece.text;
        while (column_ + text::display_width(rest) > width_) {
            const std::string_view front = front_of(rest, width_ > column_ ? width_ - column_ : 1);
            put(front, text::display_width(front), piece.run);
            rest.remove_prefix(front.size());
            if (rest.empty()) return;
            new_line();
        }
        put(rest, text::display_width(rest), piece.run);
    }

    std::string finish() && {
        close();
        out_ += '\n';
        return std::move(out_);
    }

private:
    void put(std::string_view text, std::size_t columns, const Run* run) {
        if (run != open_) {
            close();
            open(run);
        }
        out_ += text;
        column_ += columns;
        at_begin_ = false;
        last_run_ = run;
    }
    void open(const Run* run) {
        open_ = run;
        if (!run) return;
        if (!run->link.empty()) out_ += "\x1b]8;;" + run->link + "\x1b\\";
        if (!run->sgr.empty()) out_ += "\x1b[" + run->sgr + "m";
    }
    void close() {
        if (open_ && !open_->sgr.empty()) out_ += "\x1b[0m";
        if (open_ && !open_->link.empty()) out_ += "\x1b]8;;\x1b\\";
        open_ = nullptr;
    }
    void new_line() {
        close();
        out_ += '\n';
        out_.append(indent_.width, ' ');
        column_ = indent_.width;
        at_begin_ = true;
        last_run_ = nullptr;
    }

    std::size_t width_;
    const Indent& indent_;
    std::string out_;
    std::size_t column_ = 0;
    bool at_begin_ = true;
    const Run* open_ = nullptr;
    const Run* last_run_ = nullptr;
};

}  // namespace

std::string styled(std::string_view text, std::string_view sgr) {
    if (sgr.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr, text);
}

std::string wrap(const std::vector<Run>& runs, std::size_t width, const Indent& indent) {
    Lines lines(std::max(width, indent.width + 8), indent);
    for (const Piece& piece : pieces_of(runs)) lines.add(piece);
    return std::move(lines).finish();
}

}  // namespace podbrief::terminal
