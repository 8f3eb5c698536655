using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The end of a check that may not go on, and the orders that it need not look at.</summary>
public sealed class CheckBoundsTests
{
    // Without the rules, so that the search has to try.
    private static readonly SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> Plain = RegisterModel.Instance with { Rules = null };

    [Fact]
    public void A_read_of_what_nobody_wrote_is_refuted_before_any_order_is_tried()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, Overlapping(writes: 40, read: 77), maxConfigurations: 1);

        Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);
        Assert.Contains("read -> 77", report.Account, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_is_called_behind_a_read_does_not_explain_it()
    {
        HistoryOperation<RegisterCommand, RegisterAnswer>[] history =
            [.. Overlapping(writes: 40, read: 77), Operation(RegisterCommand.Write(77), 200, 201, new(RegisterCommandKind.Write))];

        Assert.Equal(LinearizabilityVerdict.NotLinearizable, LinearizabilityChecker.Check(RegisterModel.Instance, history, maxConfigurations: 1).Verdict);
    }

    [Fact]
    public void Equal_operations_without_an_answer_are_tried_once()
    {
        HistoryOperation<RegisterCommand, RegisterAnswer>[] history =
        [
            .. Enumerable.Range(0, 30).Select(i => Operation(RegisterCommand.CompareAndSet(i % 2, 1 - (i % 2)), i, null, default)),
            Operation(RegisterCommand.Write(0), 40, 41, new(RegisterCommandKind.Write)), Operation(RegisterCommand.Read(), 42, 43, new(RegisterCommandKind.Read, 3)),
        ];

        Assert.Equal(LinearizabilityVerdict.NotLinearizable, LinearizabilityChecker.Check(Plain, history, maxConfigurations: 1000).Verdict);
    }

    [Fact]
    public void The_report_is_the_same_with_any_number_of_workers()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            RandomHistory<KeyValueState, KeyValueCommand, KeyValueAnswer> maker = new(
                KeyValueModel.Instance,
                random => new((KeyValueCommandKind)random.Next(3), $"{random.Next(6)}") { Value = $"{random.Next(9)}" })
            {
                Clients = 6,
                Operations = 150,
                Falsified = 0.01,
            };
            IReadOnlyList<HistoryOperation<KeyValueCommand, KeyValueAnswer>> history = maker.Make(seed);
            LinearizabilityReport one = LinearizabilityChecker.Check(KeyValueModel.Instance, history, new CheckOptions());
            LinearizabilityReport four = LinearizabilityChecker.Check(KeyValueModel.Instance, history, new CheckOptions { Workers = 4 });

            Assert.Equal((one.Verdict, one.Account), (four.Verdict, four.Account));
        }
    }

    [Fact]
    public void Without_memory_the_verdict_is_unknown_and_says_so()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(Plain, Overlapping(writes: 20, read: 77), new CheckOptions { MaxBytes = 100_000 });

        Assert.Equal(LinearizabilityVerdict.Unknown, report.Verdict);
        Assert.Contains("when the memory limit was reached; the best order explains 20 of 21 answered operations", report.Account, StringComparison.Ordinal);
    }

    // Parts that are done give back what they took, and no more.
    [Fact]
    public void Many_parts_one_after_the_other_do_not_use_the_memory_up_nor_make_any()
    {
        HistoryOperation<KeyValueCommand, KeyValueAnswer>[] history =
        [
            .. Enumerable.Range(0, 40).SelectMany(part => Enumerable.Range(0, 9).Select(i => new HistoryOperation<KeyValueCommand, KeyValueAnswer>
            {
                Client = i,
                Command = new(KeyValueCommandKind.Append, $"{part}", $"{i}"),
                Call = 0,
                Return = 100,
            }).Append(new() { Client = 1, Command = new(KeyValueCommandKind.Get, $"{part}"), Call = 101, Return = 102, Answer = new("876543210") })),
        ];
        SequentialModel<KeyValueState, KeyValueCommand, KeyValueAnswer> model = KeyValueModel.Instance with { Rules = null };

        foreach (long bytes in (long[])[long.MaxValue, 400_000_000])
        {
            Assert.Equal("", LinearizabilityChecker.Check(model, history, new CheckOptions { MaxBytes = bytes }).Account);
        }
    }

    // The configurations are few, and would never reach the bound: the states take the memory.
    [Fact]
    public void Memory_that_states_take_counts()
    {
        SequentialModel<string, int, int> model = new()
        {
            Name = "long texts",
            Initial = "",
            Step = (state, command) => (state + (char)('a' + command) + new string('.', 20_000), 0),
        };
        HistoryOperation<int, int>[] history =
        [
            .. Enumerable.Range(0, 14).Select(i => new HistoryOperation<int, int> { Client = i, Command = i, Call = 0, Return = 100, Answer = 0 }),
            new() { Client = 0, Command = 0, Call = 101, Return = 102, Answer = 1 },
        ];

        LinearizabilityReport report = LinearizabilityChecker.Check(model, history, new CheckOptions { MaxBytes = 300 << 20, MaxConfigurations = 100_000 });

        Assert.Equal(LinearizabilityVerdict.Unknown, report.Verdict);
        Assert.Contains("when the memory limit was reached", report.Account, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_can_be_ended_early()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            LinearizabilityChecker.Check(Plain, Overlapping(writes: 24, read: 77), new CheckOptions { Stop = source.Token, MaxBytes = 1 << 30 }));
    }

    [Fact]
    public void A_broken_part_is_found_although_an_undecidable_one_comes_first()
    {
        HistoryOperation<KeyValueCommand, KeyValueAnswer>[] history =
        [
            .. Enumerable.Range(0, 24).Select(i => Call(new(KeyValueCommandKind.Append, "hard", $"{i % 10}"), 0, 100, default)),
            Call(new(KeyValueCommandKind.Get, "hard"), 101, 102, new("nonsense")),
            Call(new(KeyValueCommandKind.Get, "easy"), 103, 104, new("nonsense")),
        ];

        LinearizabilityReport report = LinearizabilityChecker.Check(
            KeyValueModel.Instance with { Rules = null }, history, new CheckOptions { MaxBytes = 1 << 30 });

        Assert.StartsWith("key \"easy\"", report.Account, StringComparison.Ordinal);

        static HistoryOperation<KeyValueCommand, KeyValueAnswer> Call(KeyValueCommand command, long call, long end, KeyValueAnswer answer) =>
            new() { Client = 1, Command = command, Call = call, Return = end, Answer = answer };
    }

    private static HistoryOperation<RegisterCommand, RegisterAnswer>[] Overlapping(int writes, int read) =>
    [
        .. Enumerable.Range(0, writes).Select(i => Operation(RegisterCommand.Write(i), 0, 100, new(RegisterCommandKind.Write))),
        Operation(RegisterCommand.Read(), 101, 102, new(RegisterCommandKind.Read, read)),
    ];

    private static HistoryOperation<RegisterCommand, RegisterAnswer> Operation(RegisterCommand command, long call, long? end, RegisterAnswer answer) =>
        new() { Client = 1, Command = command, Call = call, Return = end, Answer = answer };
}
