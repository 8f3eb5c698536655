using System.Text;
using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Files;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The meaning of the lines of history files, told from the verdicts.</summary>
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
    public void A_compare_and_set_that_failed_says_nothing()
    {
        string[] cas = [Register(1, "invoke", "cas", "[1 2]"), Register(1, "fail", "cas", "[1 2]")];
        Assert.Equal((2, 0), Counts("register", [.. Write("3"), .. cas, .. Read("3")]));
        Assert.True(IsLinearizable("register", [.. Write("1"), .. cas]));
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
    public void There_is_no_other_model() => Assert.Throws<ArgumentException>(() => Of("stack", []));

    [Fact]
    public void Keys_that_are_written_alike_are_different_keys() => Assert.False(IsLinearizable(
        "kv",
        """{:process 0, :type :invoke, :f :put, :key 7, :value "x"}""",
        """{:process 0, :type :ok, :f :put, :key 7, :value "x"}""",
        """{:process 0, :type :invoke, :f :get, :key "7", :value nil}""",
        """{:process 0, :type :ok, :f :get, :key "7", :value "x"}"""));

    [Theory]
    [InlineData("""{:process 0, :type :ok, :f :get, :key "k", :value nil}""", NilRead.Value, false)]
    [InlineData("""{:process 0, :type :ok, :f :get, :key "k", :value nil}""", NilRead.Unknown, true)]
    [InlineData("""{:process 0, :type :ok, :f :get, :key "j", :value nil}""", NilRead.Value, true)]
    public void A_get_of_nil_found_nothing_unless_nil_is_unknown(string answer, NilRead meaning, bool expected)
    {
        string[] lines =
        [
            """{:process 0, :type :invoke, :f :put, :key "k", :value "x"}""",
            """{:process 0, :type :ok, :f :put, :key "k", :value "x"}""",
            answer.Replace(":ok", ":invoke", StringComparison.Ordinal),
            answer,
        ];
        Assert.Equal(expected, Of(new HistoryReading { NilRead = meaning }, lines).Check().IsLinearizable);
    }

    [Theory]
    [InlineData(NilRead.Value, false)]
    [InlineData(NilRead.Unknown, true)]
    public void A_dequeue_of_nil_found_the_queue_empty_unless_nil_is_unknown(NilRead meaning, bool expected)
    {
        string[] lines =
        [
            "{:process 0, :type :invoke, :f :enqueue, :value 1}", "{:process 0, :type :ok, :f :enqueue, :value 1}",
            "{:process 0, :type :invoke, :f :dequeue}", "{:process 0, :type :ok, :f :dequeue, :value nil}",
        ];
        Assert.Equal(expected, Of(new HistoryReading { NilRead = meaning }, lines).Check().IsLinearizable);
        Assert.False(Of(new HistoryReading { NilRead = meaning }, [.. lines, lines[2], lines[3].Replace("nil", "1", StringComparison.Ordinal)]).Check().IsLinearizable);
    }

    [Fact]
    public void An_element_that_a_read_has_twice_is_in_no_set() => Assert.False(IsLinearizable(
        "set",
        "{:process 0, :type :invoke, :f :add, :value 1}",
        "{:process 0, :type :ok, :f :add, :value 1}",
        "{:process 0, :type :invoke, :f :read}",
        "{:process 0, :type :ok, :f :read, :value [1 1]}"));

    [Fact]
    public void A_call_may_have_the_result_already() => Assert.True(IsLinearizable(
        "register",
        [.. Write("4"), "INFO  jepsen.util - 1\t:invoke\t:read\t4", "INFO  jepsen.util - 1\t:ok\t:read\t4"]));

    [Fact]
    public void Nesting_of_any_depth_in_a_field_that_does_not_matter_is_passed_over()
    {
        const int Depth = 300_000;
        string deep = new string('[', Depth) + new string(']', Depth);
        string tags = string.Concat(Enumerable.Repeat("#a ", Depth));
        Assert.True(IsLinearizable("register", $"{{:x {deep} :process 0 :type :invoke :f :read}}", $"{{:process 0 :type :ok :f :read :value nil :y {tags} 1}}"));
        Assert.True(IsLinearizable("register", $$"""{"x":{{deep}},"process":0,"type":"invoke","f":"read"}""", """{"process":0,"type":"ok","f":"read","value":null}"""));
    }

    [Fact]
    public void A_history_may_be_longer_than_any_buffer()
    {
        const int Writes = 3000;
        string[] lines =
        [
            .. Enumerable.Range(0, Writes).SelectMany(i => new[] { "invoke", "ok" }.Select(type =>
                $$"""{"process":{{i % 3}},"type":"{{type}}","f":"write","value":"é{{new string('x', i % 97)}}€{{i}}"}""")),
        ];
        Assert.Equal((Writes, 0), Counts("register", lines));
        Assert.Equal((Writes, 0), Counts("register", [$"[{string.Join(',', lines)}]"]));
        Assert.Equal((Writes, 0), Counts("register", [.. lines.Select(line => line.Replace("\":", "\" ", StringComparison.Ordinal).Replace("{\"", "{:p 1 \"", StringComparison.Ordinal))]));
    }

    private static string Register(int client, string type, string function, string value) => $"INFO  jepsen.util - {client}\t:{type}\t:{function}\t{value}";

    private static string[] Read(string value) => [Register(9, "invoke", "read", "nil"), Register(9, "ok", "read", value)];

    private static string[] Write(string value) => [Register(9, "invoke", "write", value), Register(9, "ok", "write", value)];

    private static bool IsLinearizable(string model, params string[] lines) => Of(model, lines).Check().IsLinearizable;

    private static (int Operations, int Unanswered) Counts(string model, string[] lines)
    {
        LinearizabilityReport report = Of(model, lines).Check();
        return (report.Operations, report.Unanswered);
    }

    private static RecordedHistory Of(string model, string[] lines) => Of(new HistoryReading { Model = model }, lines);

    private static RecordedHistory Of(HistoryReading reading, string[] lines) =>
        RecordedHistory.Read("file", new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n')), reading);
}
