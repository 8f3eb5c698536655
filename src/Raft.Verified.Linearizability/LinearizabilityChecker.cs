namespace Raft.Verified.Linearizability;

/// <summary>
/// Decides whether a history is linearizable (Herlihy and Wing, 1990): whether its operations can be put in an order in which each of them takes effect
/// at one moment between its call and its return, and each answer is the one that the model gives there. An operation without an answer may take
/// effect at any time after its call, or never. The same history always gives the same report.
/// </summary>
public static class LinearizabilityChecker
{
    /// <summary>
    /// The bound of the search unless another one is given: ten million configurations, of typically 40 bytes each. Deciding is
    /// NP-complete, but histories of real clients rarely need more than a few for each operation.
    /// </summary>
    public const int DefaultMaxConfigurations = 10_000_000;

    /// <summary>Checks a history.</summary>
    /// <param name="model">The yardstick.</param>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="position">What <see cref="HistoryOperation{TCommand, TAnswer}.Call"/> counts, for the account: "event", "line", "ms".</param>
    /// <param name="maxConfigurations">
    /// How many configurations to remember for each part of the history; beyond that the verdict is <see cref="LinearizabilityVerdict.Unknown"/>. At least 1.
    /// </param>
    /// <exception cref="ArgumentException">An operation returns before it is called.</exception>
    public static LinearizabilityReport Check<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model,
        IReadOnlyList<HistoryOperation<TCommand, TAnswer>> history,
        string position = "event",
        int maxConfigurations = DefaultMaxConfigurations)
        where TState : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConfigurations, 1);
        return Check(model, history, new CheckOptions { Position = position, MaxConfigurations = maxConfigurations });
    }

    /// <summary>Checks a history within bounds.</summary>
    /// <param name="model">The yardstick.</param>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="options">The bounds.</param>
    /// <exception cref="ArgumentException">An operation returns before it is called.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CheckOptions.Stop"/> ended the check.</exception>
    public static LinearizabilityReport Check<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> history, CheckOptions options)
        where TState : notnull
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        if (history.FirstOrDefault(operation => operation.Return < operation.Call) is { } wrong)
        {
            throw new ArgumentException($"{wrong} returns at {wrong.Return}, before its call at {wrong.Call}", nameof(history));
        }

        HistoryCheck<TState, TCommand, TAnswer> check = new(model, [.. PartsOf(model, history)], options);
        return check.Run() with { Operations = history.Count, Unanswered = history.Count(operation => operation.Return is null) };
    }

    // In the order in which the parts are first spoken of.
    private static IEnumerable<(string Part, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Operations)> PartsOf<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> history)
        where TState : notnull
    {
        Dictionary<string, List<HistoryOperation<TCommand, TAnswer>>> parts = [];
        List<string> names = [];
        foreach (HistoryOperation<TCommand, TAnswer> operation in history)
        {
            string name = model.PartOf(operation.Command);
            if (!parts.TryGetValue(name, out List<HistoryOperation<TCommand, TAnswer>>? operations))
            {
                parts.Add(name, operations = []);
                names.Add(name);
            }

            operations.Add(operation);
        }

        return names.Select(name => (name, (IReadOnlyList<HistoryOperation<TCommand, TAnswer>>)parts[name]));
    }
}
