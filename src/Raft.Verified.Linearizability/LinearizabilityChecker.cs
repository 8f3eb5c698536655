namespace Raft.Verified.Linearizability;

/// <summary>
/// A checker that decides whether a history is linearizable (Herlihy and Wing, 1990). Every operation must take effect
/// at one moment between its call and its return. In the order of these moments, the model must give the answers of the
/// history. An unanswered operation may take effect at any time after its call, or never. The same history always gives
/// the same report.
/// </summary>
public static class LinearizabilityChecker
{
    /// <summary>
    /// The default bound of the search per part: ten million configurations, of typically 40 bytes each. Checking
    /// linearizability is NP-complete, but histories of real clients rarely need more than a few configurations per
    /// operation.
    /// </summary>
    public const int DefaultMaxConfigurations = 10_000_000;

    /// <summary>Checks a history.</summary>
    /// <param name="model">The model that the answers must match.</param>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="position">
    /// The unit of <see cref="HistoryOperation{TCommand, TAnswer}.Call"/> in the report, in the singular: "event",
    /// "line", "ms".
    /// </param>
    /// <param name="maxConfigurations">
    /// The maximum number of configurations to remember per part of the history; at least 1. Beyond it the verdict is
    /// <see cref="LinearizabilityVerdict.Unknown"/>.
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
    /// <param name="model">The model that the answers must match.</param>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="options">The options and bounds of the check.</param>
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

    // Returns the parts in the order in which the history first mentions them.
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
