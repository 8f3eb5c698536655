using Raft.Verified.Cli.Output;
using Raft.Verified.ModelChecking;
using Raft.Verified.ModelChecking.Tla;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The output of a model's states in terms of the specification's variables, and their comparison with the states that
/// TLC found.
/// </summary>
internal static class StateSetComparison
{
    private const int Shown = 3;

    public static int Run(CommandContext context, ModelBounds model, long maxStates, string? file, string? dump)
    {
        SpecificationStates? found = dump is null ? null : Read(dump);
        SpecificationStates states = SpecificationStates.OfCore(model, found?.Steps is not null, maxStates, stop: context.Interrupted);
        if (context.Interrupted.IsCancellationRequested)
        {
            return ExitStatus.Interrupted;
        }

        string end = states.IsComplete ? "" : "; not all states visited";
        context.Out.Writer.WriteLine($"{model.Name}: {Format.Number(states.Count)} states, SHA-256 {states.Digest()}{end}");
        if (file is not null)
        {
            Write(states, file);
        }

        return found is null ? ExitStatus.NothingFound : Compare(context, model, maxStates, states, found, dump!);
    }

    private static int Compare(CommandContext context, ModelBounds model, long maxStates, SpecificationStates core, SpecificationStates tlc, string dump)
    {
        IReadOnlyList<string> onlyCore = core.Without(tlc);
        IReadOnlyList<string> onlyTlc = tlc.Without(core);
        IReadOnlyList<string> stepsOfCore = core.StepsWithout(tlc);
        IReadOnlyList<string> stepsOfTlc = tlc.StepsWithout(core);
        string steps = tlc.Steps is { } count ? $" and {Format.Number(count)} steps" : "";
        if (onlyCore.Count + onlyTlc.Count + stepsOfCore.Count + stepsOfTlc.Count == 0)
        {
            context.Out.Writer.WriteLine($"{model.Name}: {context.Out.Painted("equal", Paint.Green)}: TLC found the same {Format.Number(tlc.Count)} states{steps}");
            return ExitStatus.NothingFound;
        }

        context.Out.Writer.WriteLine(
            $"{model.Name}: {context.Out.Painted("NOT EQUAL", Paint.Red)}: {Format.Count(onlyCore.Count, "state")} and {Format.Count(stepsOfCore.Count, "step")} of the core only, "
            + $"{Format.Count(onlyTlc.Count, "state")} and {Format.Count(stepsOfTlc.Count, "step")} of TLC only");
        HashSet<string> wanted = [.. onlyCore.Take(Shown)];
        _ = SpecificationStates.OfCore(model, withSteps: false, maxStates, (hash, text) => Show(context, "core only", wanted, hash, text), context.Interrupted);
        wanted = [.. onlyTlc.Take(Shown)];
        _ = TlcDump.Read(dump, (hash, text) => Show(context, "TLC only", wanted, hash, text));
        foreach (string step in stepsOfCore.Take(Shown).Select(step => $"core only: {step}").Concat(stepsOfTlc.Take(Shown).Select(step => $"TLC only: {step}")))
        {
            context.Out.Writer.WriteLine($"  {step}");
        }

        return ExitStatus.Violation;
    }

    private static void Show(CommandContext context, string side, HashSet<string> wanted, string hash, string text)
    {
        if (wanted.Remove(hash))
        {
            context.Out.Writer.WriteLine($"  {side}: {text}");
        }
    }

    private static SpecificationStates Read(string dump)
    {
        try
        {
            return TlcDump.Read(dump);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read the dump: {exception.Message}");
        }
    }

    private static void Write(SpecificationStates states, string file)
    {
        try
        {
            states.WriteTo(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write the states: {exception.Message}");
        }
    }
}
