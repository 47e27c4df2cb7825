#include "core/ports/error.hpp"

#include <string>

namespace podbrief {
namespace {

struct Category final : boost::system::error_category {
    const char* name() const noexcept override { return "podbrief"; }
    std::string message(int value) const override {
        switch (static_cast<Errc>(value)) {
            case Errc::timed_out:
                return "took too long";
            case Errc::unavailable:
                return "not available now";
            case Errc::not_found:
                return "not found";
            case Errc::invalid:
                return "not valid";
            case Errc::too_large:
                return "too large";
            case Errc::refused:
                return "refused";
        }
        return "unknown";
    }
};

}  // namespace

boost::system::error_code make_error_code(Errc e) {
    static const Category category;
    return {static_cast<int>(e), category};
}

}  // namespace podbrief
