using System.Globalization;

namespace Raft.Verified.Linearizability;

/// <summary>
/// The check of all parts of a history, in rounds of growing budget. An early round refutes an easy part before a hard
/// part is searched at length. The check ends after the first round that refutes a part, and reports the first such
/// part.
/// </summary>
internal sealed class HistoryCheck<TState, TCommand, TAnswer>
    where TState : notnull
{
    // The number of configurations that a search may remember in each round.
    private static readonly int[] Budgets = [5_000, 200_000, 5_000_000, int.MaxValue];

    // The budget for repeating a failed search without the model's rules, which gets further before it fails.
    private const int AccountBudget = 50_000;

    private readonly SequentialModel<TState, TCommand, TAnswer> _model;
    private readonly CheckOptions _options;
    private readonly PartSearch[] _parts;
    private readonly MemoryBudget _memory;

    public HistoryCheck(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<(string Part, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Operations)> parts,
        CheckOptions options)
    {
        _model = model;
        _options = options;
        _parts = [.. parts.Select(part => new PartSearch(part.Part, part.Operations))];
        _memory = new MemoryBudget(options.MaxBytes);
    }

    /// <summary>Checks all parts and returns the report, without the number of operations.</summary>
    public LinearizabilityReport Run()
    {
        int before = 0;
        foreach (int budget in Budgets)
        {
            int bound = Math.Min(budget, _options.MaxConfigurations);
            if (bound == before)
            {
                break;
            }

            before = bound;
            PartSearch[] open = [.. _parts.Where(part => part.Verdict == LinearizabilityVerdict.Unknown && !part.IsOutOfMemory)];
            RunRound(open, bound);
            if (Array.Find(open, part => part.Verdict == LinearizabilityVerdict.NotLinearizable) is { } broken)
            {
                return Refuted(broken);
            }
        }

        return Array.Find(_parts, part => part.Verdict == LinearizabilityVerdict.Unknown) is { } undecided
            ? new LinearizabilityReport(LinearizabilityVerdict.Unknown, 0, 0, Undecided(undecided))
            : new LinearizabilityReport(LinearizabilityVerdict.Linearizable, 0, 0, "");
    }

    private void RunRound(PartSearch[] parts, int bound)
    {
        if (_options.Workers == 1 || parts.Length == 1)
        {
            foreach (PartSearch part in parts)
            {
                part.Run(_model, _memory, bound, _options.Stop);
            }

            return;
        }

        // A worker does not stop when another one refutes a part, so the result does not depend on the number of
        // workers.
        Parallel.ForEach(
            parts,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Workers, CancellationToken = _options.Stop },
            part => part.Run(_model, _memory, bound, _options.Stop));
    }

    private LinearizabilityReport Refuted(PartSearch part)
    {
        LinearizationSearch<TState, TCommand, TAnswer> told = part.Search!;
        LinearizationSearch<TState, TCommand, TAnswer> plain = new(_model, part.Operations, usesRules: false);
        _ = plain.Run(AccountBudget, _options.Stop);
        plain.NoteEnd();
        if (plain.MostPlaced >= told.MostPlaced)
        {
            (HistoryOperation<TCommand, TAnswer>? unexplained, told) = (told.Unexplained, plain);
            told.Unexplained = unexplained;
        }

        FailureAccount<TState, TCommand, TAnswer> account = new(_model, part.Name, part.Operations, _options.Position, told);
        return new LinearizabilityReport(LinearizabilityVerdict.NotLinearizable, 0, 0, account.Text()) { Failure = account.Failure() };
    }

    private static string Undecided(PartSearch part)
    {
        LinearizationSearch<TState, TCommand, TAnswer> search = part.Search!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{FailureAccount<TState, TCommand, TAnswer>.NameOf(part.Name)}: undecided after {search.Configurations} configurations"
            + $"{(part.IsOutOfMemory ? ", when the memory limit was reached" : "")}; the best order explains {search.MostPlaced} of {search.Answered} answered operations");
    }

    /// <summary>The search in one part of the history, over all rounds.</summary>
    private sealed class PartSearch(string name, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations)
    {
        public string Name { get; } = name;

        public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Operations { get; } = operations;

        public LinearizabilityVerdict Verdict { get; private set; } = LinearizabilityVerdict.Unknown;

        public LinearizationSearch<TState, TCommand, TAnswer>? Search { get; private set; }

        public bool IsOutOfMemory { get; private set; }

        public void Run(SequentialModel<TState, TCommand, TAnswer> model, MemoryBudget memory, int bound, CancellationToken stop)
        {
            Search ??= new LinearizationSearch<TState, TCommand, TAnswer>(model, Operations, memory: memory);
            try
            {
                Verdict = Search.Run(bound, stop);
                IsOutOfMemory = Search.IsOutOfMemory;
            }
            catch (OutOfMemoryException)
            {
                // The machine has less memory than the bound allows.
                IsOutOfMemory = true;
            }

            if (Verdict == LinearizabilityVerdict.Linearizable || IsOutOfMemory)
            {
                // The statistics of the search remain available.
                Search.Release();
            }
        }
    }
}
