using System.Text.Json.Nodes;
using Raft.Verified.ModelChecking.Traces;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>Compares traces of real servers with the shipping core. <c>specs/check.sh trace</c> compares the same traces with the specification.</summary>
public sealed class TraceTests
{
    // The first schedules of these take every action, and receive every kind of message.
    private static readonly (string Scenario, long Iteration)[] Known =
    [
        ("first-election-3", 1), ("chaos-5", 1), ("chaos-5", 3), ("power-cuts", 1), ("crash-in-write", 1), ("kv-snapshots", 1), ("kv-reads", 1), ("snapshot-install", 1),
        ("reads-in-transfer", 1), ("no-empty-entry", 1), ("malformed-messages", 1), ("disk-fails", 1), ("log-backup", 1), ("first-election-1", 0), ("chaos-4", 0),
    ];

    public static TheoryData<string, long> Scenarios
    {
        get
        {
            TheoryData<string, long> data = [];
            foreach ((string scenario, long iteration) in Known)
            {
                data.Add(scenario, iteration);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_trace_of_a_schedule_is_what_the_shipping_core_does(string scenario, long iteration)
    {
        string[] trace = Traces.Record(scenario, iteration);

        TraceVerdict verdict = TraceValidator.Validate(trace);

        Assert.Null(verdict.Rejection);
        Assert.Equal(trace.Length, verdict.Lines);
    }

    [Fact]
    public void Every_action_and_every_kind_of_message_is_validated()
    {
        HashSet<string> taken = [.. Known.SelectMany(known => TraceValidator.Validate(Traces.Record(known.Scenario, known.Iteration)).Counts.Keys)];
        string[] expected =
        [
            "Compact", "Crash", "ElectionTimeout", "HeartbeatTimeout", "Propose", "Read", "Receive AppendEntries", "Receive AppendEntriesReply",
            "Receive InstallSnapshot", "Receive InstallSnapshotReply", "Receive RequestVote", "Receive RequestVoteReply", "Restart", "WriteCompleted",
        ];

        Assert.Empty(expected.Except(taken));
    }

    [Fact]
    public void A_changed_field_is_rejected_in_its_line_whichever_it_is()
    {
        List<string> accepted = [];
        int fields = 0;
        foreach ((string field, string[] trace) in TraceFields.ChangeEachOnce([.. Known.Select(known => Traces.Record(known.Scenario, known.Iteration)).OrderBy(trace => trace.Length)]))
        {
            fields++;
            TraceVerdict verdict = TraceValidator.Validate(trace);
            if (verdict.Lines != trace.Length - 1)
            {
                accepted.Add(field);
            }
        }

        Assert.Empty(accepted);
        Assert.True(fields > 500, $"{fields} fields were changed; expected more than 500");
    }

    [Fact]
    public void A_line_that_is_missing_is_rejected_further_down()
    {
        string[] trace = Traces.Record("chaos-5", 1);
        int vote = Array.FindIndex(trace, line => line.Contains("\"action\":\"ElectionTimeout\"", StringComparison.Ordinal));

        TraceVerdict verdict = TraceValidator.Validate([.. trace[..vote], .. trace[(vote + 1)..]]);

        Assert.False(verdict.IsAccepted);
    }

    [Fact]
    public void A_message_that_nobody_sent_is_rejected()
    {
        string[] trace = Traces.Record("first-election-3", 1);
        int reply = Array.FindIndex(trace, line => line.Contains("\"action\":\"Receive\"", StringComparison.Ordinal));
        JsonNode line = JsonNode.Parse(trace[reply])!;
        line["message"]!["term"] = 99;
        trace[reply] = line.ToJsonString();

        TraceVerdict verdict = TraceValidator.Validate(trace);

        Assert.Equal(reply, verdict.Lines);
        Assert.StartsWith("the message received was not sent before", verdict.Rejection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chaos-5", 1)]
    [InlineData("kv-snapshots", 0)]
    public void A_run_that_is_recorded_is_the_same_run(string scenario, long iteration)
    {
        List<string> alone = Traces.Events(scenario, iteration, null);
        List<string> recorded = Traces.Events(scenario, iteration, new TraceRecorder(new TraceHeader(scenario, 5, 1, 1, 1, true)));

        Assert.Equal(alone, recorded);
        Assert.Equal(Traces.Record(scenario, iteration), Traces.Record(scenario, iteration));
    }

    [Theory]
    [InlineData("", "the line is not JSON")]
    [InlineData("{}", "the line has no field 'trace'")]
    [InlineData("{\"trace\":7}", "trace is 7; expected 1")]
    public void What_is_no_trace_is_rejected_with_what_was_found(string header, string expected)
    {
        TraceVerdict verdict = TraceValidator.Validate([header]);

        Assert.Equal(0, verdict.Lines);
        Assert.StartsWith(expected, verdict.Rejection, StringComparison.Ordinal);
    }
}
