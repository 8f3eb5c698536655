using System.Security.Cryptography;
using System.Text;

namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// The states of a model as the variables of <c>specs/tla/Raft.tla</c>, and the steps between them if they were
/// collected. Only the SHA-256 of the canonical text of each state is kept.
/// </summary>
public sealed class SpecificationStates
{
    private readonly HashSet<StateHash> _states = [];
    private readonly HashSet<(StateHash From, string Action, StateHash To)>? _steps;

    internal SpecificationStates(bool withSteps) => _steps = withSteps ? [] : null;

    /// <summary>The number of different states.</summary>
    public int Count => _states.Count;

    /// <summary>The number of different steps; null when steps were not collected.</summary>
    public int? Steps => _steps?.Count;

    /// <summary>
    /// True when all states were collected; false when a limit or an interruption ended the collection.
    /// </summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Collects the states that the shipping core reaches in a model. Properties are not judged.</summary>
    /// <param name="bounds">The model.</param>
    /// <param name="withSteps">True to also collect the steps.</param>
    /// <param name="maxStates">
    /// The maximum number of states; at least 1. With more, the collection ends before it is complete.
    /// </param>
    /// <param name="seen">The callback for the hash and the text of each state; null for no callback.</param>
    /// <param name="stop">The token that ends the collection early.</param>
    public static SpecificationStates OfCore(
        ModelBounds bounds, bool withSteps = false, long maxStates = long.MaxValue, Action<string, string>? seen = null, CancellationToken stop = default)
    {
        SpecificationStates states = new(withSteps);
        ClusterText? text = null;
        Dictionary<Fingerprint, StateHash> hashes = [];
        List<(Fingerprint From, string Action, Fingerprint To)> steps = [];
        ModelChecker checker = new(bounds, SearchOptions.Raw with { MaxStates = maxStates })
        {
            JudgesNothing = true,
            Visited = (cluster, state, print) =>
            {
                string line = (text ??= new ClusterText(cluster, bounds)).Of(state);
                StateHash hash = states.Add(line);
                seen?.Invoke(hash.ToString(), line);
                if (withSteps)
                {
                    hashes.Add(print, hash);
                }
            },
            Stepped = withSteps ? (from, input, to) => steps.Add((from, ClusterText.Of(input), to)) : null,
        };
        states.IsComplete = checker.Run(stop).IsComplete;
        foreach ((Fingerprint from, string action, Fingerprint to) in steps)
        {
            // States beyond a limit were not visited and have no hash.
            if (hashes.TryGetValue(from, out StateHash start) && hashes.TryGetValue(to, out StateHash end))
            {
                states.AddStep(start, action, end);
            }
        }

        return states;
    }

    /// <summary>Writes the SHA-256 hashes of all states, one per line, sorted.</summary>
    /// <param name="path">The path of the file; an existing file is replaced.</param>
    public void WriteTo(string path) => File.WriteAllText(path, Lines());

    /// <summary>
    /// Returns the SHA-256 of the file that <see cref="WriteTo"/> writes, in lowercase hexadecimal digits.
    /// </summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines())));

    /// <summary>Returns the hashes of the states that the other set does not have, sorted.</summary>
    /// <param name="other">The set to compare with.</param>
    public IReadOnlyList<string> Without(SpecificationStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return [.. _states.Where(state => !other._states.Contains(state)).Order().Select(state => state.ToString())];
    }

    /// <summary>
    /// Returns the steps that the other set does not have, sorted; empty when the steps of either set were not
    /// collected.
    /// </summary>
    /// <param name="other">The set to compare with.</param>
    public IReadOnlyList<string> StepsWithout(SpecificationStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _steps is null || other._steps is null
            ? []
            : [.. _steps.Where(step => !other._steps.Contains(step)).Select(step => $"{step.From} {step.Action} {step.To}").Order(StringComparer.Ordinal)];
    }

    internal StateHash Add(string text)
    {
        StateHash hash = StateHash.Of(text);
        _states.Add(hash);
        return hash;
    }

    internal void AddStep(StateHash from, string action, StateHash to) => _steps?.Add((from, action, to));

    private string Lines()
    {
        StringBuilder lines = new();
        foreach (StateHash state in _states.Order())
        {
            lines.Append(state).Append('\n');
        }

        return lines.ToString();
    }
}
