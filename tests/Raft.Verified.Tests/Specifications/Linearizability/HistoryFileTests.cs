using Raft.Verified.Specifications.Linearizability;
using Raft.Verified.Specifications.Linearizability.Files;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>What the lines of history files mean, told from the verdicts.</summary>
public sealed class HistoryFileTests
{
    [Fact]
    public void A_return_with_info_leaves_the_operation_open()
    {
        string[] lines = [Register(1, "invoke", "write", "1"), Register(1, "info", "write", ":timed-out")];
        Assert.Equal((1, 1), Counts("register", lines));
        Assert.True(IsLinearizable("register", [.. lines, .. Read("nil"), .. Read("1")]));
        Assert.False(IsLinearizable("register", [.. lines, .. Read("1"), .. Read("nil")]));
    }

    [Fact]
    public void A_call_that_never_returns_is_open() => Assert.True(IsLinearizable("register", [Register(1, "invoke", "write", "1"), .. Read("nil"), .. Read("1")]));

    [Fact]
    public void A_compare_and_set_that_fails_says_that_the_value_was_another_one()
    {
        string[] cas = [Register(1, "invoke", "cas", "[1 2]"), Register(1, "fail", "cas", "[1 2]")];
        Assert.True(IsLinearizable("register", [.. Write("3"), .. cas, .. Read("3")]));
        Assert.False(IsLinearizable("register", [.. Write("1"), .. cas]));
    }

    [Fact]
    public void A_read_that_failed_says_nothing()
    {
        string[] lines = [Register(1, "invoke", "read", "nil"), Register(1, "fail", "read", ":timed-out")];
        Assert.Equal((0, 0), Counts("register", lines));
    }

    [Fact]
    public void Values_may_be_negative_and_fields_apart_by_any_white_space() =>
        Assert.True(IsLinearizable("register", ["INFO jepsen.util -  0 :invoke :write  -5 ", "INFO\tjepsen.util\t-\t0\t:ok\t:write\t-5", .. Read("-5")]));

    [Fact]
    public void A_change_that_failed_has_no_effect()
    {
        string[] lines =
        [
            """{:process 0, :type :invoke, :f :put, :key "k", :value "x"}""", """{:process 0, :type :fail, :f :put, :key "k", :value "x"}""",
            """{:process 0, :type :invoke, :f :get, :key "k", :value nil}""",
        ];
        Assert.True(IsLinearizable("kv", [.. lines, """{:process 0, :type :ok, :f :get, :key "k", :value ""}"""]));
        Assert.False(IsLinearizable("kv", [.. lines, """{:process 0, :type :ok, :f :get, :key "k", :value "x"}"""]));
    }

    [Fact]
    public void Keys_come_in_any_order_and_strings_may_have_quotes_and_brackets_in_them() =>
        Assert.True(IsLinearizable(
            "kv",
            """{:f :append :key "a]}\"," :value "\\\n\t\r{:x" :process 3 :type :invoke}""",
            """{:process 3, :type :ok, :key "a]}\",", :value "\\\n\t\r{:x", :f :append}""",
            """{:process 4, :type :invoke, :f :get, :key "a]}\","}""",
            """{:process 4, :type :ok, :f :get, :key "a]}\",", :value "\\\n\t\r{:x"}"""));

    [Theory]
    [InlineData(":ok", "[\"y\" 2]", true)]
    [InlineData(":ok", "[\"y\" 3]", false)]
    [InlineData(":ok", ":no-key", false)]
    [InlineData(":maybe", "[\"y\" 2]", true)]
    [InlineData(":wrong-version", "[\"y\" 2]", false)]
    [InlineData(":no-key", "[\"y\" 2]", false)]
    public void Answers_of_a_versioned_store_are_compared_whole(string put, string got, bool expected) => Assert.Equal(expected, IsLinearizable(
        "versioned",
        """{:process 0, :type :invoke, :f :put, :key "k", :value ["x" 0]}""",
        """{:process 0, :type :ok, :f :put, :key "k", :value :ok}""",
        """{:process 0, :type :invoke, :f :put, :key "k", :value ["y" 1]}""",
        $$"""{:process 0, :type :ok, :f :put, :key "k", :value {{put}}}""",
        """{:process 0, :type :invoke, :f :get, :key "k", :value nil}""",
        $$"""{:process 0, :type :ok, :f :get, :key "k", :value {{got}}}"""));

    [Fact]
    public void There_is_no_other_model() => Assert.Throws<ArgumentException>(() => RecordedHistory.Read("queue", "file", []));

    private static string Register(int client, string type, string function, string value) => $"INFO  jepsen.util - {client}\t:{type}\t:{function}\t{value}";

    private static string[] Read(string value) => [Register(9, "invoke", "read", "nil"), Register(9, "ok", "read", value)];

    private static string[] Write(string value) => [Register(9, "invoke", "write", value), Register(9, "ok", "write", value)];

    private static bool IsLinearizable(string model, params string[] lines) => RecordedHistory.Read(model, "file", lines).Check().IsLinearizable;

    private static (int Operations, int Unanswered) Counts(string model, string[] lines)
    {
        LinearizabilityReport report = RecordedHistory.Read(model, "file", lines).Check();
        return (report.Operations, report.Unanswered);
    }
}
