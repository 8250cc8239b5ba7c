# One call makes one component: a library with warnings on, and its unit tests.
#
#   nhanrong_component(NAME ledger
#     HEADERS ledger.h            public headers
#     SOURCES ledger.cc
#     DEPS nhanrong::base         visible to users of the headers
#     IMPL_DEPS RocksDB::rocksdb  used by the sources only
#     TESTS ledger_test.cc        one test program, named <NAME>_test
#     TEST_DEPS nhanrong::x)      extra libraries of the test program
include(GoogleTest)

function(nhanrong_component)
  cmake_parse_arguments(ARG "" "NAME" "HEADERS;SOURCES;DEPS;IMPL_DEPS;TESTS;TEST_DEPS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_NAME)
    message(FATAL_ERROR "nhanrong_component: unknown arguments or no NAME: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  set(lib nhanrong_${ARG_NAME})
  if(ARG_SOURCES)
    add_library(${lib} STATIC ${ARG_SOURCES} ${ARG_HEADERS})
    target_link_libraries(${lib} PUBLIC nhanrong_options ${ARG_DEPS} PRIVATE ${ARG_IMPL_DEPS})
  else()
    add_library(${lib} INTERFACE ${ARG_HEADERS})
    target_link_libraries(${lib} INTERFACE nhanrong_options ${ARG_DEPS})
  endif()
  add_library(nhanrong::${ARG_NAME} ALIAS ${lib})
  if(ARG_TESTS)
    nhanrong_test(NAME ${ARG_NAME}_test SOURCES ${ARG_TESTS} DEPS nhanrong::${ARG_NAME} ${ARG_TEST_DEPS})
  endif()
endfunction()

# A test program on GoogleTest; every case is a ctest entry, found when the tests run.
function(nhanrong_test)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPS;LABELS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_NAME)
    message(FATAL_ERROR "nhanrong_test: unknown arguments or no NAME: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE nhanrong_options ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${ARG_NAME} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600 LABELS "${ARG_LABELS}")
endfunction()
