using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>State machines that are not one machine. Entry 1 is empty; entries 2 to 7 are the commands a to f, all committed.</summary>
public sealed class DeterminismTests
{
    private static readonly LogEntry[] Log = [Entry(1, 1), .. "abcdef".Select((letter, i) => Entry(2 + i, 1, letter.ToString()))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Servers_that_answer_differently_are_a_violation_with_or_without_a_model(bool withModel) =>
        Committed(withModel: withModel).Answer(1, Log[1], "a").Answer(2, Log[1], "x")
            .Violates("S2 answers \"x\" to the command \"a\" at 2, but S1 answered \"a\" there", "Guid.NewGuid");

    [Fact]
    public void A_server_that_answers_differently_after_its_restart_is_a_violation() =>
        Committed().Answer(1, Log[1], "a").Crash(1).Start(1).Answer(1, Log[1], "x").Violates("S1 answers \"x\"", "but before its restart it answered \"a\" there");

    [Fact]
    public void Equal_answers_are_and_so_are_entries_without_one() =>
        Committed().Apply(1, Log[0]).Answer(1, Log[0], "no command").Answer(2, Log[0], "none either").Answer(1, Log[1], "a").Answer(2, Log[1], "a").Answer(1, Log[2], "").Answer(2, Log[2], "").Fine();

    [Fact]
    public void An_answer_whose_bytes_change_is_a_violation_when_the_server_applies_the_next_command()
    {
        byte[] buffer = "a"u8.ToArray();
        EventScript script = Committed().Answer(1, Log[1], buffer).Answer(2, Log[1], "a");
        buffer[0] = (byte)'b';
        script.Answer(2, Log[2], "b").Fine().Answer(1, Log[2], buffer).Violates("S1 answered \"a\" to the command at 2, and has changed these bytes to \"b\" by 3", "a buffer that it uses again");
    }

    [Fact]
    public void A_client_that_receives_other_bytes_than_the_state_machine_gave_is_a_violation()
    {
        ClientOperation right = new(1, 1, "a"u8.ToArray());
        ClientOperation wrong = new(2, 5, "a"u8.ToArray());
        Committed().Answer(1, Log[1], "a").Call(right).Call(wrong).Answer(right, 2, 1, "a").Fine()
            .Answer(wrong, 2, 1, "x").Violates("c2#5 receives \"x\" from entry 2, but the state machine of S1 answered \"a\" there");
    }

    [Fact]
    public void A_client_that_is_answered_from_an_entry_whose_answer_is_unknown_is_fine()
    {
        ClientOperation operation = new(1, 1, "f"u8.ToArray());
        Committed().Answer(1, Log[1], "a").Call(operation).Answer(operation, 7, 1, "x").Fine();
    }

    [Fact]
    public void Snapshots_that_differ_are_a_violation_only_without_a_model()
    {
        EventScript script = Committed(withModel: false).Compact(1, SnapshotOf(3, 1, "ab")).Install(2, SnapshotOf(3, 1, "ab"), 3).Restore(2, SnapshotOf(3, 1, "ab")).Fine();
        script.Compact(3, SnapshotOf(3, 1, "ba")).Violates("S3 has a snapshot through 3 with \"ba\", but S1 had one with \"ab\"", "set HasCanonicalSnapshots to false");
        Committed(withModel: true).Compact(1, SnapshotOf(3, 1, "ab")).Compact(3, SnapshotOf(3, 1, "ba")).Fine();
        Committed(withModel: false, new DeterminismOptions { HasCanonicalSnapshots = false }).Compact(1, SnapshotOf(3, 1, "ab")).Compact(3, SnapshotOf(3, 1, "ba")).Fine();
    }

    [Fact]
    public void An_answer_that_a_copy_would_not_give_is_a_violation_at_the_first_server() =>
        Replayed(() => new ScriptedMachine()).Answer(1, Log[1], "a").Answer(1, Log[2], "ab").Fine()
            .Answer(1, Log[3], "abx").Violates("S1 answers \"abx\" to the command \"c\" at 4", "a copy of the state machine that replays entries 1 to 4 answers \"abc\"");

    [Fact]
    public void Right_answers_and_snapshots_are_fine()
    {
        EventScript script = Replayed(() => new ScriptedMachine());
        for (int i = 1; i < Log.Length; i++)
        {
            script.Answer(1, Log[i], "abcdef"[..i]);
        }

        script.Compact(1, SnapshotOf(6, 1, "abcde")).Compact(2, SnapshotOf(3, 1, "ab")).Restore(3, SnapshotOf(6, 1, "abcde")).Fine();
    }

    [Fact]
    public void A_model_takes_the_place_of_the_copies() =>
        Committed(withModel: true, new DeterminismOptions { Machine = () => new ScriptedMachine() }).Answer(1, Log[1], "x").Answer(2, Log[1], "x").Fine();

    [Fact]
    public void A_servers_snapshot_that_a_copy_would_not_take_is_a_violation_whatever_the_order() =>
        Replayed(() => new ScriptedMachine()).Answer(1, Log[1], "a").Compact(1, SnapshotOf(4, 1, "abc")).Compact(1, SnapshotOf(3, 1, "ab")).Fine()
            .Compact(2, SnapshotOf(2, 1, "b")).Violates("S2 has a snapshot through 2 with \"b\"", "a copy of the state machine that replays entries 1 to 2 takes \"a\"");

    [Fact]
    public void A_snapshot_that_forgets_is_a_violation_without_any_restart() =>
        Replayed(() => new ScriptedMachine { Snapshot = machine => machine.State[..Math.Min(machine.State.Length, 1)] }, canonical: false)
            .Answer(1, Log[1], "a").Answer(1, Log[2], "ab").Fine()
            .Answer(1, Log[3], "abc").Violates("restored from its snapshot through 3 answers \"ac\" to the command \"c\" at 4", "answers \"abc\"", "a field that the snapshot leaves out");

    [Fact]
    public void A_restore_that_loses_something_is_a_violation_of_the_next_snapshot() =>
        Replayed(() => new ScriptedMachine { Restore = (machine, text) => machine.State = text.ToUpperInvariant() })
            .Answer(1, Log[1], "a").Violates("has the snapshot \"a\" after entry 2, and takes another one after a restore from it: \"A\"");

    [Theory]
    [InlineData(true, "in place of the state after 2: \"ab\"")]
    [InlineData(false, "answers \"abc\" to the command \"c\" at 4")]
    public void A_restore_that_does_not_clear_is_a_violation(bool canonical, string fact)
    {
        // The state is a set of letters in the order of the alphabet; the command b removes a.
        EventScript script = Replayed(
            () => new ScriptedMachine
            {
                Apply = (machine, text) => ValueTask.FromResult(machine.State = Sorted(text == "b" ? machine.State.Replace("a", "", StringComparison.Ordinal) + text : machine.State + text)),
                Restore = (machine, text) => machine.State = Sorted(machine.State + text),
            },
            canonical);
        script.Answer(1, Log[1], "a").Answer(1, Log[2], "b");
        if (!canonical)
        {
            script.Fine().Answer(1, Log[3], "bc");
        }

        script.Violates(fact, "a restore that does not clear");

        static string Sorted(string letters) => string.Concat(letters.Distinct().Order());
    }

    [Fact]
    public void A_snapshot_that_is_another_one_each_time_is_a_violation()
    {
        int taken = 0;
        Replayed(() => new ScriptedMachine { Snapshot = machine => $"{machine.State} {++taken}", Restore = (machine, text) => machine.State = text.Split(' ')[0] })
            .Answer(1, Log[1], "a").Violates("has the snapshot \"a 1\" after entry 2, and then takes another one of the same state: \"a 2\"");
    }

    [Fact]
    public void A_copy_that_fails_is_a_violation_with_the_way_out() =>
        Replayed(() => new ScriptedMachine { Apply = (_, text) => text == "b" ? throw new InvalidOperationException("no server here") : new("a") })
            .Answer(1, Log[1], "a").Fine()
            .Answer(1, Log[2], "b").Violates("ApplyAsync of a copy", "entries 1 to 3 fails with InvalidOperationException: no server here", "set ReplaysMachine to false");

    [Fact]
    public void A_restore_that_fails_is_a_violation() =>
        Replayed(() => new ScriptedMachine { Restore = (_, _) => throw new ArgumentException("the key is there already") })
            .Answer(1, Log[1], "a").Violates("RestoreAsync of a copy", "ArgumentException: the key is there already", "does not clear");

    [Fact]
    public void A_state_machine_without_snapshots_is_replayed_without_them() =>
        Replayed(() => new ScriptedMachine { Snapshot = _ => throw new NotSupportedException() })
            .Answer(1, Log[1], "a").Answer(1, Log[2], "ab").Fine().Answer(1, Log[3], "x").Violates("S1 answers \"x\"", "answers \"abc\"");

    [Fact]
    public void A_copy_that_waits_for_itself_goes_on_at_once() =>
        Replayed(() => new ScriptedMachine { Apply = AppendLater }).Answer(1, Log[1], "a").Answer(1, Log[2], "ab").Fine().Answer(1, Log[3], "x").Violates("answers \"abc\"");

    [Fact]
    public void A_copy_that_may_not_continue_in_place_ends_the_replay_when_it_waits_and_leaves_the_context_alone()
    {
        DeterminismOptions options = new() { Machine = () => new ScriptedMachine { Apply = AppendLater }, ContinuesInPlace = false };
        Committed(withModel: false, options).Answer(1, Log[1], "whatever").Answer(1, Log[2], "x").Fine();
        options = options with { Machine = () => new ScriptedMachine() };
        Committed(withModel: false, options).Answer(1, Log[1], "x").Violates("S1 answers \"x\"", "answers \"a\"");
    }

    [Fact]
    public void A_copy_that_waits_for_its_server_ends_the_replay_and_the_servers_are_still_compared()
    {
        EventScript script = Replayed(() => new ScriptedMachine { Apply = async (_, _) => { await new TaskCompletionSource().Task; return ""; } })
            .Answer(1, Log[1], "a").Answer(1, Log[2], "whatever").Compact(1, SnapshotOf(3, 1, "ab")).Fine();
        script.Answer(2, Log[2], "something else").Violates("S2 answers \"something else\"", "but S1 answered \"whatever\" there");
    }

    [Fact]
    public void A_copy_leaves_the_context_of_the_run_alone()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Replayed(() => new ScriptedMachine { Apply = AppendLater }).Answer(1, Log[1], "a").Fine();
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void A_model_of_the_state_machine_itself_gives_its_answers_and_states()
    {
        IStateMachineModel model = StateMachineModel.Of(
            () => new ScriptedMachine(),
            identify: entry => ((int)entry.Index.Value, 1),
            stateIn: snapshot => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(snapshot.Span).ToUpperInvariant()))();
        Assert.Equal("a", Encoding.ASCII.GetString(model.Apply(Log[1]).Span));
        Assert.Equal("ab", Encoding.ASCII.GetString(model.Apply(Log[2]).Span));
        Assert.Equal("AB", Encoding.ASCII.GetString(model.TakeSnapshot().Span));
        Assert.Equal("X", Encoding.ASCII.GetString(model.StateIn("x"u8.ToArray()).Span));
        Assert.Equal((3, 1L), model.Identify(Log[2]));

        IStateMachineModel plain = StateMachineModel.Of(() => new ScriptedMachine())();
        plain.Apply(Log[1]);
        Assert.Equal("a", Encoding.ASCII.GetString(plain.TakeSnapshot().Span));
        Assert.Null(plain.Identify(Log[1]));
    }

    [Fact]
    public void A_model_of_a_state_machine_that_waits_for_its_server_says_so()
    {
        IStateMachineModel model = StateMachineModel.Of(() => new ScriptedMachine { Apply = async (_, _) => { await new TaskCompletionSource().Task; return ""; } })();
        Assert.Contains("waits inside ApplyAsync", Assert.ThrowsAny<InvalidOperationException>(() => model.Apply(Log[1])).Message, StringComparison.Ordinal);
    }

    private static async ValueTask<string> AppendLater(ScriptedMachine machine, string text)
    {
        await Task.Yield();
        machine.State += text;
        await Task.Yield();
        return machine.State;
    }

    private static EventScript Committed(bool withModel = true, DeterminismOptions? options = null) =>
        new EventScript("Determinism", withModel: withModel, determinism: options).Lead(1, term: 1).Append(1, Log).Append(2, Log).Append(3, Log).Commit(1, Log.Length).Commit(2, Log.Length).Commit(3, Log.Length);

    private static EventScript Replayed(Func<ScriptedMachine> machine, bool canonical = true) =>
        Committed(withModel: false, new DeterminismOptions { Machine = machine, HasCanonicalSnapshots = canonical });
}
