#pragma once
#include <string>
#include <vector>

#include "adapters/web/page.hpp"
#include "adapters/web/shell.hpp"
#include "core/model/reply.hpp"
#include "core/ports/status_store.hpp"

namespace podbrief::web {

// What the program itself knows of how things stand, beside what its store does.
struct OperatorFacts {
    struct Platform {
        std::string name;   // Destination::platform
        std::string mode;   // "polling"
        std::string state;  // "connected", "held back after failures"; one line
        bool good = true;
    };
    std::vector<Platform> platforms;
    struct Spending {
        std::string what;  // "Model", "Transcription"
        double spent = 0;  // today (UTC), in the money of the ceiling
        double ceiling = 0;
        std::string more;   // "120,000 of 3,000,000 tokens"
        bool full = false;  // no more today
    };
    std::vector<Spending> spending;
    struct Line {
        std::string label;
        std::string value;
    };
    std::vector<Line> figures;  // of index, memory ...
};

struct OperatorView {
    StatusFigures figures;
    OperatorFacts facts;
    WallTime now{};
    std::string csrf;  // for the forms that change something
};

// What is not as it should be, one sentence each, the worst first. Pure.
std::vector<std::string> problems_of(const StatusFigures& figures, const OperatorFacts& facts, WallTime now);

Page operator_page(Shell& shell, const OperatorView& view);

// The story of one brief, or what is wrong with the question.
struct ExplainView {
    std::string reader;
    std::string day;
    Reply story;
    std::string problem;                  // empty: none
    std::vector<std::string> other_days;  // that there are, for the same reader
    std::string csrf;
};
Page explain_page(Shell& shell, int status, const ExplainView& view);

// "1,234,567".
std::string grouped(std::int64_t number);

}  // namespace podbrief::web
