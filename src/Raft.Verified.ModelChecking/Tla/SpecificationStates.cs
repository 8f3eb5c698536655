using System.Security.Cryptography;
using System.Text;

namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// The states of a model as the variables of <c>specs/tla/Raft.tla</c>, and where they are known, the steps between them. Of each state the SHA-256 of its
/// canonical text is kept.
/// </summary>
public sealed class SpecificationStates
{
    private readonly HashSet<StateHash> _states = [];
    private readonly HashSet<(StateHash From, string Action, StateHash To)>? _steps;

    internal SpecificationStates(bool withSteps) => _steps = withSteps ? [] : null;

    /// <summary>The number of different states.</summary>
    public int Count => _states.Count;

    /// <summary>The number of different steps; null where steps are not known.</summary>
    public int? Steps => _steps?.Count;

    /// <summary>True when these are all states; if not, a limit or an interruption ended the collection.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Collects the states that the shipping core reaches in a model. Properties are not judged.</summary>
    /// <param name="bounds">The model.</param>
    /// <param name="withSteps">True when steps are collected, too.</param>
    /// <param name="maxStates">More states end the collection before it is complete.</param>
    /// <param name="seen">Called with the hash and the text of each state; null for nobody.</param>
    /// <param name="stop">Ends the collection early.</param>
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
            // What lies beyond a limit was not visited.
            if (hashes.TryGetValue(from, out StateHash start) && hashes.TryGetValue(to, out StateHash end))
            {
                states.AddStep(start, action, end);
            }
        }

        return states;
    }

    /// <summary>Writes the SHA-256s of all states, one a line, sorted.</summary>
    /// <param name="path">The file that is written; an old one is replaced.</param>
    public void WriteTo(string path) => File.WriteAllText(path, Lines());

    /// <summary>The SHA-256 of what <see cref="WriteTo"/> writes, as small hexadecimal digits.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Lines())));

    /// <summary>The hashes of the states that the other set does not have, sorted.</summary>
    /// <param name="other">The other set.</param>
    public IReadOnlyList<string> Without(SpecificationStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return [.. _states.Where(state => !other._states.Contains(state)).Order().Select(state => state.ToString())];
    }

    /// <summary>The steps that the other set does not have, sorted; none where either does not know its steps.</summary>
    /// <param name="other">The other set.</param>
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
