using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The search against the definition on small histories, and against what is known by construction on large ones.</summary>
public sealed class RandomHistoryTests
{
    private const int Histories = 4000;

    private static readonly string[] Keys = ["a", "b"];

    [Fact]
    public void On_small_histories_of_a_register_the_search_agrees_with_the_definition() => AssertAgreement(RegisterModel.Instance, RegisterOf(values: 3));

    [Fact]
    public void On_small_histories_of_a_key_value_store_the_search_agrees_with_the_definition() => AssertAgreement(KeyValueModel.Instance, KeyValueOf(Keys));

    [Fact]
    public void On_small_histories_of_a_versioned_store_the_search_agrees_with_the_definition() =>
        AssertAgreement(VersionedModel.Instance, VersionedOf(Keys), (random, answer) =>
            answer is { Value: null, Outcome: not VersionedOutcome.NoKey } && random.Next(4) == 0 ? new VersionedAnswer(VersionedOutcome.Maybe) : answer);

    [Fact]
    public void On_small_histories_of_a_mutex_the_search_agrees_with_the_definition() => AssertAgreement(MutexModel.Instance, random => new MutexCommand(random.Next(2) == 0));

    [Fact]
    public void On_small_histories_of_a_set_the_search_agrees_with_the_definition() =>
        AssertAgreement(SetModel.Instance, random => random.Next(2) == 0 ? SetCommand.Read() : SetCommand.Add(random.Next(3)));

    [Fact]
    public void On_small_histories_of_a_queue_the_search_agrees_with_the_definition() => AssertAgreement(
        QueueModel.Instance with { Initial = QueueState.Empty.Enqueue(3).Enqueue(4) },
        random => random.Next(2) == 0 ? QueueCommand.Dequeue() : QueueCommand.Enqueue(random.Next(5)),
        (random, answer) => random.Next(20) == 0 ? answer with { IsKnown = false } : answer);

    [Fact]
    public void On_small_histories_of_several_registers_the_search_agrees_with_the_definition() => AssertAgreement(MultiRegisterModel.Instance, random => new MultiRegisterCommand(
        [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => new MultiRegisterStep(random.Next(2) == 0, Keys[random.Next(2)], default)).Select(step => step.IsWrite ? step with { Value = random.Next(3) } : step)]));

    [Fact]
    public void On_small_histories_of_independent_registers_the_search_agrees_with_the_definition()
    {
        Func<Random, RegisterCommand> register = RegisterOf(values: 3);
        AssertAgreement(KeyedModel.Of(RegisterModel.StartingWith(1)), random => new Keyed<RegisterCommand>(Keys[random.Next(2)], register(random)));
    }

    // Equal operations without an answer, and values that begin alike: what the search leaves out must not matter.
    [Fact]
    public void With_many_equal_operations_without_an_answer_the_search_agrees_with_the_definition()
    {
        AssertAgreement(RegisterModel.Instance, RegisterOf(values: 2), lost: 0.5);
        AssertAgreement(KeyValueModel.Instance, KeyValueOf(["a"], values: 1), lost: 0.5);
        AssertAgreement(KeyValueModel.Instance, KeyValueOf(["a"], values: 2), lost: 0.4);
        AssertAgreement(
            VersionedModel.Instance, VersionedOf(["a"]), (random, answer) =>
                answer is { Value: null, Outcome: not VersionedOutcome.NoKey } && random.Next(4) == 0 ? new VersionedAnswer(VersionedOutcome.Maybe) : answer,
            lost: 0.5);
    }

    [Theory]
    [InlineData(5, 200, 0.0)]
    [InlineData(10, 200, 0.0)]
    [InlineData(10, 200, 0.05)]
    [InlineData(20, 400, 0.0)]
    [InlineData(10, 1000, 0.02)]
    public void Histories_of_appends_and_gets_of_one_key_are_decided_whoever_overlaps(int clients, int operations, double lost)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            int appended = 0;
            RandomHistory<KeyValueState, KeyValueCommand, KeyValueAnswer> maker = new(
                KeyValueModel.Instance,
                random => random.Next(2) == 0 ? new(KeyValueCommandKind.Get, "k") : new(KeyValueCommandKind.Append, "k", $"x {appended++} y"))
            {
                Clients = clients,
                Operations = operations,
                Lost = lost,
                Haste = 0.4,
            };
            IReadOnlyList<HistoryOperation<KeyValueCommand, KeyValueAnswer>> history = maker.Make(seed);
            Assert.Equal(
                LinearizabilityVerdict.Linearizable, LinearizabilityChecker.Check(KeyValueModel.Instance, history, maxConfigurations: 200_000).Verdict);

            // A read that goes back behind an earlier one.
            HistoryOperation<KeyValueCommand, KeyValueAnswer>[] gets =
                [.. history.Where(operation => operation is { Command.Kind: KeyValueCommandKind.Get, Return: not null, Answer.Value.Length: > 0 })];
            HistoryOperation<KeyValueCommand, KeyValueAnswer> last = gets.MaxBy(operation => operation.Call)!;
            HistoryOperation<KeyValueCommand, KeyValueAnswer> first = gets.MinBy(operation => operation.Return)!;
            HistoryOperation<KeyValueCommand, KeyValueAnswer>[] broken = [.. history.Select(operation => operation != last ? operation : new()
            {
                Client = last.Client,
                Command = last.Command,
                Call = last.Call,
                Return = last.Return,
                Answer = first.Answer,
            })];
            Assert.Equal(
                LinearizabilityVerdict.NotLinearizable, LinearizabilityChecker.Check(KeyValueModel.Instance, broken, maxConfigurations: 200_000).Verdict);
        }
    }

    [Theory]
    [InlineData(5, 0.0)]
    [InlineData(5, 0.02)]
    [InlineData(5, 0.1)]
    [InlineData(15, 0.0)]
    public void Long_histories_of_one_register_are_linearizable_and_cost_a_few_configurations_an_operation(int clients, double lost)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            RandomHistory<RegisterState, RegisterCommand, RegisterAnswer> maker =
                new(RegisterModel.Instance, RegisterOf(values: 5)) { Clients = clients, Operations = 1500, Lost = lost, Haste = 0.7 };
            LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, maker.Make(seed), maxConfigurations: 20 * maker.Operations);
            Assert.Equal((LinearizabilityVerdict.Linearizable, ""), (report.Verdict, report.Account));
            Assert.Equal(lost > 0, report.Unanswered > 0);
        }
    }

    // One operation overlaps hundreds of others, and more than 64 are never answered: the sets of placed operations take several words.
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(250)]
    public void An_operation_may_take_effect_before_and_behind_hundreds_that_it_overlaps(int effect)
    {
        const int Never = -7;
        History<RegisterCommand, RegisterAnswer> history = new();
        history.Call(1, RegisterCommand.CompareAndSet(effect, -1));
        for (int i = 0; i < 300; i++)
        {
            Do(RegisterCommand.Write(i), default);
            if (i == effect)
            {
                Do(RegisterCommand.Read(), -1);
                Do(RegisterCommand.Write(i), default);
            }

            Do(RegisterCommand.Read(), i);
            history.Call(3, RegisterCommand.CompareAndSet(i % 50 == 0 ? i : Never, 1000 + i));
            history.Abandon(3);
        }

        Assert.True(LinearizabilityChecker.Check(RegisterModel.Instance, [.. history.Operations], maxConfigurations: 200_000).IsLinearizable);
        history.Return(1, new RegisterAnswer(RegisterCommandKind.CompareAndSet, Succeeded: false));
        LinearizabilityReport report = LinearizabilityChecker.Check(RegisterModel.Instance, history.Operations, maxConfigurations: 200_000);
        Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);

        void Do(RegisterCommand command, int? read)
        {
            history.Call(2, command);
            history.Return(2, new RegisterAnswer(command.Kind, read));
        }
    }

    [Fact]
    public void One_false_answer_in_a_long_history_is_found()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            RandomHistory<KeyValueState, KeyValueCommand, KeyValueAnswer> maker =
                new(KeyValueModel.Instance, KeyValueOf(Keys)) { Clients = 5, Operations = 1000, Haste = 0.7 };
            List<HistoryOperation<KeyValueCommand, KeyValueAnswer>> history = [.. maker.Make(seed)];
            int changed = history.FindLastIndex(operation => operation.Answer.Value?.Length > 1);
            HistoryOperation<KeyValueCommand, KeyValueAnswer> right = history[changed];
            history[changed] = new()
            {
                Client = right.Client,
                Command = right.Command,
                Call = right.Call,
                Return = right.Return,
                Answer = new KeyValueAnswer(right.Answer.Value + "!"),
            };
            LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, history);
            Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);
            Assert.Contains($"key \"{right.Command.Key}\": the longest order found has ", report.Account);
        }
    }

    private static void AssertAgreement<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, Func<Random, TCommand> command, Func<Random, TAnswer, TAnswer>? blur = null, double lost = 0.2)
        where TState : notnull
    {
        int linearizable = 0;
        int unanswered = 0;
        for (int seed = 0; seed < Histories; seed++)
        {
            RandomHistory<TState, TCommand, TAnswer> maker = new(model, command)
            {
                Clients = 2 + (seed % 3),
                Operations = 4 + (seed % 5),
                Lost = seed % 2 == 0 ? 0 : lost,
                Falsified = lost > 0.2 ? 0.5 : 0.3,
                Haste = 0.2,
            };
            Random random = new(seed);
            HistoryOperation<TCommand, TAnswer>[] history = [.. maker.Make(seed).Select(operation => Blurred(operation, random))];
            bool expected = BruteForce.IsLinearizable(model, history);
            LinearizabilityReport report = LinearizabilityChecker.Check(model, history);
            Assert.True(
                expected == report.IsLinearizable, $"seed {seed}: the definition says {expected}, the search {report.Verdict}\n{string.Join('\n', (object[])history)}");
            Assert.Equal(expected, report.Account.Length == 0);
            linearizable += expected ? 1 : 0;
            unanswered += report.Unanswered;
        }

        Assert.InRange(linearizable, Histories / 5, Histories * 4 / 5);
        Assert.InRange(unanswered, Histories / 2, int.MaxValue);

        // Answers that say less, and times that coincide.
        HistoryOperation<TCommand, TAnswer> Blurred(HistoryOperation<TCommand, TAnswer> operation, Random random) => new()
        {
            Client = operation.Client,
            Command = operation.Command,
            Call = operation.Call / 2,
            Return = operation.Return / 2,
            Answer = operation.Return is null || blur is null ? operation.Answer : blur(random, operation.Answer!),
        };
    }

    private static Func<Random, RegisterCommand> RegisterOf(int values) => random => random.Next(3) switch
    {
        0 => RegisterCommand.Read(),
        1 => RegisterCommand.Write(random.Next(values)),
        _ => RegisterCommand.CompareAndSet(random.Next(values), random.Next(values)),
    };

    private static Func<Random, KeyValueCommand> KeyValueOf(string[] keys, int values = 4) => random =>
        new((KeyValueCommandKind)random.Next(3), keys[random.Next(keys.Length)]) { Value = $"{(char)('p' + random.Next(values))}" };

    private static Func<Random, VersionedCommand> VersionedOf(string[] keys) => random => random.Next(2) == 0
        ? VersionedCommand.Get(keys[random.Next(keys.Length)])
        : VersionedCommand.Put(keys[random.Next(keys.Length)], $"{(char)('p' + random.Next(3))}", random.Next(3));
}
