#pragma once

namespace podbrief::doubles {}

// Tests call the platforms' models by their own names.
namespace podbrief::testing {
using namespace podbrief::doubles;  // NOLINT(google-build-using-namespace)
}
