# One call makes one component: a library with warnings on, and its unit tests.
#
#   nhanrong_component(NAME ledger
#     HEADERS ledger.h            public headers
#     SOURCES ledger.cc
#     DEPS nhanrong::base         visible to users of the headers
#     IMPL_DEPS RocksDB::rocksdb  used by the sources only
#     TESTS ledger_test.cc        one test program, named <NAME>_test
#     TEST_DEPS nhanrong::x       extra libraries of the test program
#     TEST_OPTIONS SERIAL)        further arguments of nhanrong_test

function(nhanrong_component)
  cmake_parse_arguments(ARG "" "NAME" "HEADERS;SOURCES;DEPS;IMPL_DEPS;TESTS;TEST_DEPS;TEST_OPTIONS" ${ARGN})
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
    nhanrong_test(NAME ${ARG_NAME}_test SOURCES ${ARG_TESTS} DEPS nhanrong::${ARG_NAME} ${ARG_TEST_DEPS}
                  ${ARG_TEST_OPTIONS})
  endif()
endfunction()

# A test program on GoogleTest: one suite of `tests/run`, one entry of ctest. It starts once for all of its
# cases, so that a fixture of a suite (a broker, a server) is made once; `tests/run` counts the cases in the
# XML that the program writes.
#
#   nhanrong_test(NAME crash_test SOURCES crash_test.cc DEPS nhanrong::x
#     SERIAL                      no other suite beside it: it measures time, or takes the whole machine
#     TIMEOUT 900                 seconds; 600 without
#     LABELS tsan)                for ctest -L; its name is a label already. tsan: preset tsan runs it
set(NHANRONG_TEST_TIMEOUT_SECONDS 600)

function(nhanrong_test)
  cmake_parse_arguments(ARG "SERIAL" "NAME;TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_NAME)
    message(FATAL_ERROR "nhanrong_test: unknown arguments or no NAME: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT ${NHANRONG_TEST_TIMEOUT_SECONDS})
  endif()
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE nhanrong_options ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${ARG_NAME}
    COMMAND ${ARG_NAME} --gtest_output=xml:${CMAKE_BINARY_DIR}/test-results/${ARG_NAME}.xml)
  set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_NAME};${ARG_LABELS}")
  if(NHANRONG_SANITIZE_THREADS)
    target_link_libraries(${ARG_NAME} PRIVATE nhanrong_tsan)
    set_tests_properties(${ARG_NAME} PROPERTIES
      ENVIRONMENT "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan/suppressions.txt")
    if("tsan" IN_LIST ARG_LABELS)
      add_dependencies(tsan_suites ${ARG_NAME})
    endif()
  endif()
  if(ARG_SERIAL)
    set_tests_properties(${ARG_NAME} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()
