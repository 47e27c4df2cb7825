#pragma once
#include <boost/asio/awaitable.hpp>
#include <map>

#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/reader_store.hpp"
#include "core/services/composer.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Composes each reader's brief when it is due in their time zone. What is due is told by the clock and the store
// (`briefs::next_brief_at`), never by a timer alone: after a restart or a long sleep the day's brief is still made,
// once.
class BriefSchedule {
public:
    BriefSchedule(ReaderStore& readers, Composer& composer, Clock& clock, Log& log, Metrics& metrics)
        : readers_(readers), composer_(composer), clock_(clock), log_(log), metrics_(metrics) {}

    // Composes what is due now; when to look again.
    asio::awaitable<Millis> compose_due();

    // For ever, until cancelled.
    asio::awaitable<void> run();

private:
    asio::awaitable<void> compose(Reader reader, Millis late);

    ReaderStore& readers_;
    Composer& composer_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
};

}  // namespace podbrief::services
