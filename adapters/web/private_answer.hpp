#pragma once
#include <cstddef>
#include <map>
#include <string>

#include "adapters/web/page.hpp"
#include "adapters/web/shell.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::web {

// The answer with a page that is for one person: kept nowhere, listed nowhere, and its address told to nobody whom a
// link on it leads to.
ServerResponse private_answer(const Shell& shell, Page page, const ServerRequest& request);

// A text page of that kind, by the template "plain_words".
Page words_page(Shell& shell, int status, const std::string& heading, const std::string& message);

// How often each address may ask: `burst` at once, then `a_minute`. Remembers the addresses of the last minutes, so
// many at most; beyond, all that are not remembered share one allowance.
class Allowance {
public:
    Allowance(Clock& clock, double burst, double a_minute) : clock_(clock), burst_(burst), a_minute_(a_minute) {}
    // False: too often.
    bool take(const std::string& address);

private:
    struct Left {
        double count = 0;
        SteadyTime at{};
    };
    static constexpr std::size_t most_addresses = 20'000;
    Left& of(const std::string& address, SteadyTime now);

    Clock& clock_;
    double burst_;
    double a_minute_;
    std::map<std::string, Left> left_;
};

}  // namespace podbrief::web
