#include "adapters/sqlite/schema.hpp"

#include "adapters/sqlite/migrations.hpp"

namespace podbrief::sqlite {

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> all{{1, schema_1()}, {2, schema_2()}, {3, schema_3()},
                                            {4, schema_4()}, {5, schema_5()}, {6, schema_6()}};
    return all;
}

}  // namespace podbrief::sqlite
