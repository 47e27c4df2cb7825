#include "bot/cli/progress.hpp"

#include <cstdio>

#include "adapters/system/machine.hpp"
#include "core/commands/inert.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::bot {
namespace {

using commands::inert;  // what comes from feeds must not steer the terminal

std::string hours(Millis talk) {
    return fmt::format("{:.1f} h", static_cast<double>(talk.count()) / 3'600'000.0);
}

std::string time_left(double seconds) {
    if (seconds < 60) return fmt::format("{:.0f} s left", seconds);
    return fmt::format("{:.0f} min left", seconds / 60);
}

}  // namespace

void Progress::line(const std::string& text) {
    if (silent_) return;
    if (drawn_) std::fputs("\r\x1b[K", stdout);
    drawn_ = false;
    std::puts(text.c_str());
}

void Progress::draw() {
    if (silent_ || !bar_) return;
    const auto now = clock_.steady_now();
    const double seconds = static_cast<double>((now - started_.value_or(now)).count()) / 1000.0;
    const std::size_t total = std::max(expected_, episodes_);
    const int width = 24;
    const int full = total == 0 ? width : static_cast<int>(episodes_ * width / total);
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < full ? "█" : "░";
    std::string text = fmt::format("{} {}/{} episodes, {} insights", bar, episodes_, total, insights_);
    if (seconds > 0.5 && episodes_ > 0) {
        const double rate = static_cast<double>(talk_.count()) / 60'000.0 / seconds;
        text +=
            fmt::format(", {:.0f} min of talk/s, {}", rate,
                        time_left(static_cast<double>(total - episodes_) * seconds / static_cast<double>(episodes_)));
    }
    const auto columns = static_cast<std::size_t>(system::terminal_width(80));
    std::fputs(("\r\x1b[K" + text::shortened(text, columns - 1)).c_str(), stdout);
    std::fflush(stdout);
    drawn_ = true;
}

void Progress::polled(const services::PollReport& report) {
    using feeds::PollVerdict;
    const std::string title = inert(report.title);
    if (report.verdict == PollVerdict::failed || report.verdict == PollVerdict::gone) {
        ++feeds_failed_;
        if (first_problem_.empty()) first_problem_ = title + ": " + inert(report.problem);
        line(fmt::format("failed    {}: {}", title, inert(report.problem)));
    } else {
        ++feeds_ok_;
        if (report.added + report.changed + report.skipped == 0) {
            line(fmt::format("no news   {}", title));
        } else {
            std::string news = fmt::format("{} new", report.added);
            if (report.changed > 0) news += fmt::format(", {} changed", report.changed);
            if (report.skipped > 0) news += fmt::format(", {} older left out", report.skipped);
            line(fmt::format("polled    {}: {}", title, news));
        }
    }
    draw();
}

void Progress::read(const services::EpisodeReport& report) {
    if (!started_) started_ = clock_.steady_now() - report.took;
    ++episodes_;
    insights_ += report.insights;
    talk_ += report.talk;
    const std::string name = fmt::format("{}: {}", inert(report.podcast), inert(report.title));
    switch (report.state) {
        case EpisodeState::extracted:
            if (!bar_) line(fmt::format("read      {} ({} insights)", name, report.insights));
            break;
        case EpisodeState::from_notes:
            if (!bar_) line(fmt::format("notes     {} ({} insights from the show notes)", name, report.insights));
            break;
        case EpisodeState::without_transcript:
            ++without_;
            line(fmt::format("nothing   {}: no transcript, and show notes too short", name));
            break;
        default:
            ++waiting_;
            line(fmt::format("waiting   {}: {}", name,
                             report.problem.empty() ? "no transcript yet" : inert(report.problem)));
    }
    draw();
}

void Progress::finish() {
    if (silent_) return;
    if (drawn_) std::fputs("\r\x1b[K", stdout);
    drawn_ = false;
    std::string text;
    if (feeds_ok_ + feeds_failed_ > 0) {
        text = fmt::format("{} feed{} asked", feeds_ok_ + feeds_failed_, feeds_ok_ + feeds_failed_ == 1 ? "" : "s");
        if (feeds_failed_ > 0) text += fmt::format(" ({} failed)", feeds_failed_);
        text += ", ";
    }
    const std::size_t read = episodes_ - waiting_ - without_;
    text +=
        fmt::format("{} episode{} read, {} of talk, {} insights", read, read == 1 ? "" : "s", hours(talk_), insights_);
    if (waiting_ > 0) text += fmt::format(", {} waiting for a transcript", waiting_);
    if (without_ > 0) text += fmt::format(", {} without one", without_);
    if (started_) {
        text += fmt::format(", {:.1f} s", static_cast<double>((clock_.steady_now() - *started_).count()) / 1000.0);
    }
    std::puts((text + ".").c_str());
}

}  // namespace podbrief::bot
