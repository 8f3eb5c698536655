using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Xunit;
using KeyValueHistory = System.Collections.Generic.IReadOnlyList<
    Raft.Verified.Linearizability.HistoryOperation<
        Raft.Verified.Linearizability.Models.KeyValueCommand, Raft.Verified.Linearizability.Models.KeyValueAnswer>>;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>Histories of texts that grow and are replaced, where the search leaves out most: it must not leave out too much, nor too little.</summary>
public sealed class TextHistoryTests
{
    private static readonly string[] Letters = ["p", "q"];

    // Texts that can be put together in more than one way.
    private static readonly string[] Ambiguous = ["p", "pq", "q", "qp"];

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.5)]
    public void On_small_histories_the_search_agrees_with_the_definition(int round, double lost)
    {
        int[] found = new int[2];
        for (int seed = 0; seed < 6000; seed++)
        {
            KeyValueHistory history = Make(seed + (round * 100_000), 2 + (seed % 3), 5 + (seed % 4), lost, falsified: 0.25, haste: 0.2, TextOf(seed));
            bool expected = BruteForce.IsLinearizable(KeyValueModel.Instance, history);
            LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, history);
            Assert.True(expected == report.IsLinearizable, $"seed {seed}: the definition says {expected}, the search {report.Verdict}\n{string.Join('\n', history)}");
            found[expected ? 1 : 0]++;
        }

        Assert.All(found, number => Assert.InRange(number, 300, 5700));
    }

    // Too long for the definition: the search without the model's rules tells what is right.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void On_longer_histories_the_search_agrees_with_the_one_that_knows_no_rules(double lost)
    {
        SequentialModel<KeyValueState, KeyValueCommand, KeyValueAnswer> plain = KeyValueModel.Instance with { Rules = null };
        int[] found = new int[2];
        for (int seed = 0; seed < 3000; seed++)
        {
            KeyValueHistory history = Make(seed, 3 + (seed % 3), 14 + (seed % 12), lost, falsified: 0.04, haste: 0.3, TextOf(seed));
            LinearizabilityReport expected = LinearizabilityChecker.Check(plain, history, maxConfigurations: 200_000);
            if (expected.Verdict == LinearizabilityVerdict.Unknown)
            {
                continue;
            }

            LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, history);
            Assert.True(expected.Verdict == report.Verdict, $"seed {seed}: {expected.Verdict} without rules, {report.Verdict} with them\n{string.Join('\n', history)}");
            found[expected.IsLinearizable ? 1 : 0]++;
        }

        Assert.All(found, number => Assert.InRange(number, 500, 2500));
    }

    [Theory]
    [InlineData(5, 300, 0.15)]
    [InlineData(10, 1000, 0.05)]
    [InlineData(20, 1000, 0.0)]
    [InlineData(20, 1000, 0.1)]
    public void Long_histories_of_gets_puts_and_appends_are_decided_in_few_configurations(int clients, int operations, double lost)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            int made = 0;
            KeyValueHistory history = Make(seed, clients, operations, lost, falsified: 0, haste: 0.15, _ => $"x {made++} y");
            LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, history, maxConfigurations: 200_000);
            Assert.Equal((seed, LinearizabilityVerdict.Linearizable), (seed, report.Verdict));

            // The last get but a few shows what one of the first has shown.
            HistoryOperation<KeyValueCommand, KeyValueAnswer>[] gets =
                [.. history.Where(operation => operation is { Command.Kind: KeyValueCommandKind.Get, Return: not null, Answer.Value.Length: > 0 }).OrderBy(get => get.Call)];
            HistoryOperation<KeyValueCommand, KeyValueAnswer> stale = gets[^5];
            report = LinearizabilityChecker.Check(
                KeyValueModel.Instance,
                [.. history.Select(operation => operation != stale ? operation : new()
                {
                    Client = stale.Client,
                    Command = stale.Command,
                    Call = stale.Call,
                    Return = stale.Return,
                    Answer = gets[2].Answer,
                })],
                maxConfigurations: 200_000);
            Assert.Equal((seed, LinearizabilityVerdict.NotLinearizable), (seed, report.Verdict));
        }
    }

    [Fact]
    public void A_text_that_needs_an_append_twice_is_refuted_before_any_order_is_tried()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        for (int i = 0; i < 20; i++)
        {
            history.Call(i, new(KeyValueCommandKind.Append, "k", $"{(char)('a' + i)}"));
        }

        for (int i = 0; i < 20; i++)
        {
            history.Return(i, default);
        }

        history.Call(0, new(KeyValueCommandKind.Get, "k"));
        history.Return(0, new("abca"));

        LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations, maxConfigurations: 1);

        Assert.Equal(LinearizabilityVerdict.NotLinearizable, report.Verdict);
        Assert.Contains("get k -> \"abca\"", report.Account, StringComparison.Ordinal);
    }

    // Twelve appends overlap, and the search that knows no rules is lost among their orders: the other one comes further.
    [Fact]
    public void The_account_names_the_answer_that_nothing_explains_behind_an_operation_that_fits()
    {
        History<KeyValueCommand, KeyValueAnswer> history = new();
        for (int i = 0; i < 12; i++)
        {
            history.Call(i, new(KeyValueCommandKind.Append, "k", $"{(char)('l' - i)}"));
        }

        for (int i = 0; i < 12; i++)
        {
            history.Return(i, default);
        }

        Get("abcdefghijkl");
        history.Call(1, new(KeyValueCommandKind.Append, "k", "m"));
        history.Return(1, default);
        Get("abcdefghijklm");
        Get("abcdefghijkl");

        string account = LinearizabilityChecker.Check(KeyValueModel.Instance, history.Operations).Account;

        Assert.Contains(
            "client 1: append k \"m\" -> ok; fits here, but no order after it explains events 31 to 32, client 0: get k -> \"abcdefghijkl\"", account, StringComparison.Ordinal);

        void Get(string value)
        {
            history.Call(0, new(KeyValueCommandKind.Get, "k"));
            history.Return(0, new(value));
        }
    }

    private static Func<Random, string> TextOf(int seed) => random => (seed % 2 == 0 ? Letters : Ambiguous) is var texts ? texts[random.Next(texts.Length)] : "";

    private static KeyValueHistory Make(int seed, int clients, int operations, double lost, double falsified, double haste, Func<Random, string> text)
    {
        int puts = seed % 3;
        return new RandomHistory<KeyValueState, KeyValueCommand, KeyValueAnswer>(
            KeyValueModel.Instance,
            random => random.Next(7) switch
            {
                < 3 => new(KeyValueCommandKind.Get, "k"),
                int kind => new(kind >= 7 - puts ? KeyValueCommandKind.Put : KeyValueCommandKind.Append, "k", text(random)),
            })
        {
            Clients = clients,
            Operations = operations,
            Lost = lost,
            Falsified = falsified,
            Haste = haste,
        }.Make(seed);
    }
}
