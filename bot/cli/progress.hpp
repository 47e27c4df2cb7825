#pragma once
#include <string>

#include "core/model/time.hpp"
#include "core/ports/clock.hpp"
#include "core/services/pipeline.hpp"
#include "core/services/poller.hpp"

namespace podbrief::bot {

// Tells how ingest goes: on a terminal one line that is drawn again with a bar, rate and time left; elsewhere a plain
// line for each thing that ended.
class Progress {
public:
    Progress(Clock& clock, bool on_terminal, bool silent) : clock_(clock), bar_(on_terminal), silent_(silent) {}

    void polled(const services::PollReport& report);
    void episodes_expected(std::size_t count) { expected_ = count; }
    void read(const services::EpisodeReport& report);
    // Clears the bar and prints the totals.
    void finish();

    std::size_t feeds_ok() const { return feeds_ok_; }
    std::size_t feeds_failed() const { return feeds_failed_; }
    std::size_t episodes() const { return episodes_; }
    std::size_t insights() const { return insights_; }
    Millis talk() const { return talk_; }
    const std::string& first_problem() const { return first_problem_; }  // of a feed that failed

private:
    void draw();
    void line(const std::string& text);  // above the bar

    Clock& clock_;
    bool bar_;
    bool silent_;
    bool drawn_ = false;
    std::optional<SteadyTime> started_;
    std::size_t feeds_ok_ = 0;
    std::size_t feeds_failed_ = 0;
    std::size_t expected_ = 0;
    std::size_t episodes_ = 0;
    std::size_t insights_ = 0;
    std::size_t waiting_ = 0;
    std::size_t without_ = 0;
    Millis talk_{};
    std::string first_problem_;
};

}  // namespace podbrief::bot
