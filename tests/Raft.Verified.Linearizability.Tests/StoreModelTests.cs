using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The models of key/value stores, and the recording of histories.</summary>
public sealed class StoreModelTests
{
    private static readonly VersionedAnswer Ok = new(VersionedOutcome.Ok);

    private static readonly VersionedAnswer Maybe = new(VersionedOutcome.Maybe);

    private static readonly VersionedAnswer NoKey = new(VersionedOutcome.NoKey);

    private static readonly VersionedAnswer WrongVersion = new(VersionedOutcome.WrongVersion);

    [Fact]
    public void Puts_replace_and_appends_add_to_the_end()
    {
        Assert.True(Check("x", "y", "xy"));
        Assert.False(Check("x", "y", "yx"));
        Assert.False(Check("x", "y", "y"));

        static bool Check(string put, string appended, string got)
        {
            History<KeyValueCommand, KeyValueAnswer> history = new();
            Do(history, new KeyValueCommand(KeyValueCommandKind.Append, "k", "before"), default);
            Do(history, new KeyValueCommand(KeyValueCommandKind.Put, "k", put), default);
            Do(history, new KeyValueCommand(KeyValueCommandKind.Append, "k", appended), default);
            Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "k"), new KeyValueAnswer(got));
            return LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).IsLinearizable;
        }
    }

    [Fact]
    public void Keys_have_nothing_to_do_with_each_other()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        Do(history, new KeyValueCommand(KeyValueCommandKind.Put, "a", "x"), default);
        Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "b"), new KeyValueAnswer(""));
        Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "a"), new KeyValueAnswer("x"));
        Assert.True(LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).IsLinearizable);
    }

    [Fact]
    public void All_of_an_answer_of_a_versioned_store_is_compared()
    {
        Assert.True(Got(new VersionedAnswer(VersionedOutcome.Ok, "y", 2)));
        Assert.False(Got(new VersionedAnswer(VersionedOutcome.Ok, "x", 2)));
        Assert.False(Got(new VersionedAnswer(VersionedOutcome.Ok, "y", 1)));
        Assert.False(Got(NoKey));
        Assert.False(Got(Maybe));

        static bool Got(VersionedAnswer answer) => Versioned(
            (VersionedCommand.Put("k", "x", 0), Ok), (VersionedCommand.Put("k", "y", 1), Ok), (VersionedCommand.Get("k"), answer));
    }

    [Fact]
    public void A_key_that_does_not_exist_says_so()
    {
        Assert.True(Versioned((VersionedCommand.Get("k"), NoKey)));
        Assert.False(Versioned((VersionedCommand.Get("k"), new VersionedAnswer(VersionedOutcome.Ok, "", 0))));
        Assert.True(Versioned((VersionedCommand.Put("k", "x", 1), NoKey), (VersionedCommand.Get("k"), NoKey)));
        Assert.False(Versioned((VersionedCommand.Put("k", "x", 1), WrongVersion)));
        Assert.False(Versioned((VersionedCommand.Put("k", "x", 1), Maybe)));
    }

    [Fact]
    public void A_put_takes_effect_at_its_version_only()
    {
        Assert.True(Versioned((VersionedCommand.Put("k", "x", 0), Ok), (VersionedCommand.Put("k", "y", 0), WrongVersion)));
        Assert.False(Versioned((VersionedCommand.Put("k", "x", 0), Ok), (VersionedCommand.Put("k", "y", 0), Ok)));
        Assert.False(Versioned((VersionedCommand.Put("k", "x", 0), Ok), (VersionedCommand.Put("k", "y", 2), Ok)));
        Assert.False(Versioned((VersionedCommand.Put("k", "x", 0), WrongVersion)));
    }

    [Fact]
    public void Maybe_means_done_or_not_but_no_later_than_the_answer()
    {
        (VersionedCommand Command, VersionedAnswer Answer) first = (VersionedCommand.Put("k", "x", 0), Ok);
        (VersionedCommand Command, VersionedAnswer Answer) done = (VersionedCommand.Put("k", "y", 1), Maybe);
        Assert.True(Versioned(first, done, (VersionedCommand.Get("k"), new VersionedAnswer(VersionedOutcome.Ok, "y", 2))));
        Assert.True(Versioned(first, (VersionedCommand.Put("k", "y", 0), Maybe), (VersionedCommand.Get("k"), new VersionedAnswer(VersionedOutcome.Ok, "x", 1))));
        Assert.False(Versioned(first, done, (VersionedCommand.Get("k"), new VersionedAnswer(VersionedOutcome.Ok, "x", 1))));
    }

    [Fact]
    public void A_client_has_one_open_call_at_a_time()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        KeyValueCommand get = new(KeyValueCommandKind.Get, "k");
        Assert.Throws<InvalidOperationException>(() => history.Return(1, default));
        history.Call(1, get);
        Assert.Contains("client 1 calls 'get k' while", Assert.Throws<InvalidOperationException>(() => history.Call(1, get)).Message);
        history.Call(2, get);
        history.Return(1, new KeyValueAnswer(""));
        Assert.Throws<InvalidOperationException>(() => history.Return(1, default));
        Assert.Throws<InvalidOperationException>(() => history.Abandon(1));
        Assert.Throws<InvalidOperationException>(() => history.Withdraw(1));
        history.Withdraw(2);
        history.Call(2, get);
        Assert.Equal([(1, 1L, (long?)3), (2, 4, null)], history.Operations.Select(operation => (operation.Client, operation.Call, operation.Return)));
    }

    [Fact]
    public void A_call_given_up_stays_open_and_its_client_may_go_on()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        history.Call(1, new KeyValueCommand(KeyValueCommandKind.Put, "k", "x"));
        history.Abandon(1);
        Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "k"), new KeyValueAnswer(""));
        Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "k"), new KeyValueAnswer("x"));
        Assert.True(LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).IsLinearizable);
        Do(history, new KeyValueCommand(KeyValueCommandKind.Get, "k"), new KeyValueAnswer(""));
        Assert.False(LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).IsLinearizable);
    }

    private static bool Versioned(params (VersionedCommand Command, VersionedAnswer Answer)[] operations)
    {
        History<VersionedCommand, VersionedAnswer> history = new();
        foreach ((VersionedCommand command, VersionedAnswer answer) in operations)
        {
            Do(history, command, answer);
        }

        return LinearizabilityChecker.Check(VersionedModel.Instance, history.Operations).IsLinearizable;
    }

    private static void Do<TCommand, TAnswer>(History<TCommand, TAnswer> history, TCommand command, TAnswer answer)
    {
        history.Call(1, command);
        history.Return(1, answer);
    }
}
