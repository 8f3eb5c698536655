using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Xunit;
using Operation = Raft.Verified.Linearizability.HistoryOperation<
    Raft.Verified.Linearizability.Models.RegisterCommand, Raft.Verified.Linearizability.Models.RegisterAnswer>;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The meaning of linearizability, rule by rule, on a register, and the account of a history that is not linearizable.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Without_operations_there_is_nothing_to_explain() => AssertLinearizable();

    [Fact]
    public void An_operation_sees_what_returned_before_its_call()
    {
        AssertLinearizable(Wrote(0, 1, 1), Wrote(2, 3, 2), Read(4, 5, 2));
        AssertNotLinearizable(Wrote(0, 1, 1), Wrote(2, 3, 2), Read(4, 5, 1));
        AssertNotLinearizable(Wrote(0, 1, 1), Read(2, 3, null));
    }

    [Fact]
    public void Nothing_sees_what_is_called_after_its_return() => AssertNotLinearizable(Read(0, 1, 1), Wrote(2, 3, 1));

    [Fact]
    public void Operations_that_overlap_take_effect_in_either_order()
    {
        AssertLinearizable(Wrote(0, 10, 1), Read(1, 2, null), Read(3, 4, 1));
        AssertLinearizable(Wrote(0, 10, 1), Wrote(0, 10, 2), Read(11, 12, 1));
        AssertLinearizable(Wrote(0, 10, 1), Wrote(0, 10, 2), Read(11, 12, 2));
        AssertNotLinearizable(Wrote(0, 10, 1), Read(1, 2, 1), Read(3, 4, null));
    }

    [Fact]
    public void All_clients_see_the_same_order() =>
        AssertNotLinearizable(Wrote(0, 10, 1), Wrote(0, 10, 2), Read(1, 2, 1), Read(3, 4, 2), Read(5, 6, 1));

    [Fact]
    public void An_operation_that_returns_when_another_is_called_overlaps_it()
    {
        AssertLinearizable(Read(0, 5, 1), Wrote(5, 6, 1));
        AssertNotLinearizable(Read(0, 4, 1), Wrote(5, 6, 1));
    }

    [Fact]
    public void Without_an_answer_an_operation_takes_effect_at_any_time_after_its_call_or_never()
    {
        AssertLinearizable(Unanswered(0, RegisterCommand.Write(1)), Read(1, 2, 1));
        AssertLinearizable(Unanswered(0, RegisterCommand.Write(1)), Read(1, 2, null), Read(3, 4, null));
        AssertLinearizable(Unanswered(0, RegisterCommand.Write(1)), Wrote(1, 2, 2), Read(3, 4, 2), Read(5, 6, 1));
    }

    [Fact]
    public void Without_an_answer_an_operation_takes_effect_once_and_not_before_its_call()
    {
        AssertNotLinearizable(Unanswered(0, RegisterCommand.Write(1)), Read(1, 2, 1), Read(3, 4, null));
        AssertNotLinearizable(Unanswered(0, RegisterCommand.Write(1)), Wrote(1, 2, 2), Read(3, 4, 1), Wrote(5, 6, 2), Read(7, 8, 1));
        AssertNotLinearizable(Read(0, 1, 1), Unanswered(2, RegisterCommand.Write(1)));
    }

    [Fact]
    public void Without_an_answer_a_compare_and_set_may_have_failed_or_not()
    {
        Operation open = Unanswered(2, RegisterCommand.CompareAndSet(1, 2));
        AssertLinearizable(Wrote(0, 1, 1), open, Read(3, 4, 2));
        AssertLinearizable(Wrote(0, 1, 1), open, Read(3, 4, 1));
        AssertNotLinearizable(Wrote(0, 1, 3), open, Read(3, 4, 2));
    }

    [Fact]
    public void A_compare_and_set_says_whether_it_met_the_value()
    {
        AssertLinearizable(Wrote(0, 1, 1), CompareAndSet(2, 3, 1, 2, succeeded: true), Read(4, 5, 2));
        AssertLinearizable(Wrote(0, 1, 1), CompareAndSet(2, 3, 3, 2, succeeded: false), Read(4, 5, 1));
        AssertNotLinearizable(Wrote(0, 1, 1), CompareAndSet(2, 3, 1, 2, succeeded: false));
        AssertNotLinearizable(Wrote(0, 1, 1), CompareAndSet(2, 3, 3, 2, succeeded: true));
        AssertNotLinearizable(CompareAndSet(0, 1, 0, 2, succeeded: true));
    }

    // The same operations are placed in two orders and lead to two states: only one of them goes on.
    [Fact]
    public void Having_placed_the_same_operations_is_not_the_same_without_the_same_state() =>
        AssertLinearizable(Wrote(0, 9, 2), Wrote(1, 9, 1), Read(10, 11, 2), CompareAndSet(12, 13, 2, 3, succeeded: true), Read(14, 15, 3));

    // The same state is reached with other operations left: only one of them goes on.
    [Fact]
    public void Having_reached_the_same_state_is_not_the_same_without_the_same_operations_placed() =>
        AssertLinearizable(
            Wrote(0, 20, 1), Wrote(0, 20, 2), Wrote(0, 20, 1), Read(1, 2, 1), Read(3, 4, 2), Read(5, 6, 1));

    [Fact]
    public void Giving_up_is_a_failure()
    {
        Operation[] history = [.. Enumerable.Range(0, 12).Select(i => Wrote(0, 100, i)), Read(101, 102, 77)];
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance with { Rules = null }, history, maxConfigurations: 1000);
        Assert.Equal(LinearizabilityVerdict.Unknown, report.Verdict);
        Assert.False(report.IsLinearizable);
        Assert.Equal(
            "the history: undecided after 1000 configurations; the best order explains 12 of 13 answered operations", report.Account);
        Assert.Equal(LinearizabilityVerdict.NotLinearizable, LinearizabilityChecker.Check(RegisterModel.Instance, history).Verdict);
    }

    [Fact]
    public void A_part_that_is_not_linearizable_decides_even_when_another_was_given_up()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        for (int i = 0; i < 8; i++)
        {
            history.Call(i, new KeyValueCommand(KeyValueCommandKind.Append, "hard", $"{i}"));
        }

        for (int i = 0; i < 8; i++)
        {
            history.Return(i, default);
        }

        Get("hard", "nonsense");
        SequentialModel<KeyValueState, KeyValueCommand, KeyValueAnswer> model = KeyValueModel.Instance with { Rules = null };
        Assert.Equal(LinearizabilityVerdict.Unknown, LinearizabilityChecker.Check(model, history.Operations, maxConfigurations: 100).Verdict);
        Get("easy", "nonsense");
        LinearizabilityReport report = LinearizabilityChecker.Check(model, history.Operations, maxConfigurations: 100);
        Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);
        Assert.StartsWith("key \"easy\"", report.Account);

        void Get(string key, string value)
        {
            history.Call(0, new KeyValueCommand(KeyValueCommandKind.Get, key));
            history.Return(0, new KeyValueAnswer(value));
        }
    }

    [Fact]
    public void The_account_shows_the_end_of_the_longest_order_and_what_does_not_fit_behind_it()
    {
        Operation[] history =
        [
            .. Enumerable.Range(0, 5).Select(i => Wrote(2 * i, (2 * i) + 1, i)), Unanswered(10, RegisterCommand.Write(7)), Wrote(11, 12, 6), Read(13, 14, 6),
            Read(15, 18, 5), CompareAndSet(16, 17, 6, 1, succeeded: false), Wrote(19, 20, 1),
        ];
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, history, "line");
        Assert.Equal(
            """
            the history: the longest order found has 9 of 11 operations, at its end
                lines 8 to 9, client 0: write 4 -> ok
                lines 11 to 12, client 0: write 6 -> ok
                lines 13 to 14, client 0: read -> 6
                line 10, client 0: write 7, unanswered
                lines 16 to 17, client 0: cas [6 1] -> fail
              then the state is 7, and none of these can come next
                lines 15 to 18, client 0: read -> 5; here the answer would be 7
            """,
            report.Account);
        Assert.Equal((11, 1), (report.Operations, report.Unanswered));
        Assert.Equal(report.Account, LinearizabilityChecker.Check(RegisterModel.Instance, history, "line").Account);
    }

    [Fact]
    public void The_account_of_a_first_operation_that_cannot_be_says_so()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, [Read(1, 2, 5), Unanswered(1, RegisterCommand.CompareAndSet(3, 5))]);
        Assert.Equal(
            """
            the history: the longest order found has 0 of 2 operations; then the state is nil, and none of these can come next
                events 1 to 2, client 0: read -> 5; here the answer would be nil
              1 unanswered operation could also take effect here, but no choice makes the history linearizable
            """,
            report.Account);
    }

    [Fact]
    public void Long_texts_are_shortened_in_the_middle()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        history.Call(1, new KeyValueCommand(KeyValueCommandKind.Get, "k"));
        history.Return(1, new KeyValueAnswer(new string('a', 500) + new string('z', 500)));
        Assert.Contains(
            $"get k -> \"{new string('a', 29)}[...]{new string('z', 69)}\"; here the answer would be \"\"", LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).Account);
    }

    [Fact]
    public void An_operation_cannot_return_before_its_call() =>
        Assert.Contains("before its call at 5", Assert.Throws<ArgumentException>(() => LinearizabilityChecker.Check(RegisterModel.Instance, [Read(5, 4, 1)])).Message);

    private static void AssertLinearizable(params Operation[] history)
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, history);
        Assert.Equal("", report.Account);
        Assert.True(report.IsLinearizable);
        Assert.True(LinearizabilityChecker.Check(RegisterModel.Instance, [.. history.Reverse()]).IsLinearizable, "the order in the list means nothing");
    }

    private static void AssertNotLinearizable(params Operation[] history)
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, history);
        Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);
        Assert.NotEmpty(report.Account);
    }

    private static Operation Read(long call, long end, int? value) =>
        new() { Client = 0, Call = call, Return = end, Command = RegisterCommand.Read(), Answer = new RegisterAnswer(RegisterCommandKind.Read, value) };

    private static Operation Wrote(long call, long end, int value) =>
        new() { Client = 0, Call = call, Return = end, Command = RegisterCommand.Write(value), Answer = new RegisterAnswer(RegisterCommandKind.Write) };

    private static Operation CompareAndSet(long call, long end, int expected, int value, bool succeeded) => new()
    {
        Client = 0,
        Call = call,
        Return = end,
        Command = RegisterCommand.CompareAndSet(expected, value),
        Answer = new RegisterAnswer(RegisterCommandKind.CompareAndSet, Succeeded: succeeded),
    };

    private static Operation Unanswered(long call, RegisterCommand command) => new() { Client = 0, Call = call, Command = command };
}
