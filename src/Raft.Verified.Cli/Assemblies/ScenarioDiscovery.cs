using System.Reflection;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>
/// The scenarios of an assembly: every public static property or parameterless method of a public type that is marked
/// <c>[RaftScenario]</c> and returns a scenario or a sequence of scenarios.
/// </summary>
internal static class ScenarioDiscovery
{
    private const string Expected = "a public static property or parameterless method, marked [RaftScenario], of a public type, that returns Scenario or IEnumerable<Scenario>";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Returns the scenarios of an assembly, in the order of their declaration.</summary>
    /// <param name="file">The path of the assembly or project, for messages.</param>
    /// <param name="assembly">The assembly.</param>
    /// <exception cref="InputException">
    /// There is no scenario, a marked member does not fit the convention or fails, or two scenarios have one name.
    /// </exception>
    public static IReadOnlyList<Scenario> Of(string file, Assembly assembly)
    {
        List<(Scenario Scenario, string Member)> found = [];
        foreach ((MemberInfo member, MethodInfo? method) in Marked(file, assembly))
        {
            string name = $"{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}";
            if (Misfit(member, method) is { } misfit)
            {
                throw new InputException($"{file}: {name} is marked [RaftScenario], but {misfit}; expected {Expected}");
            }

            foreach (Scenario scenario in Read(file, name, method!))
            {
                if (found.FirstOrDefault(other => other.Scenario.Name == scenario.Name) is { Scenario: not null } twin)
                {
                    throw new InputException($"{file}: {twin.Member} and {name} both offer a scenario '{Format.OneLine(scenario.Name)}'; expected names that differ");
                }

                found.Add((scenario with { Assembly = assembly }, name));
            }
        }

        return found.Count > 0 ? [.. found.Select(offer => offer.Scenario)] : throw new InputException($"{file}: offers no scenario; looked for {Expected}");
    }

    // The getter of a property, so that properties and methods have one order: that of their declaration.
    private static IEnumerable<(MemberInfo Member, MethodInfo? Method)> Marked(string file, Assembly assembly) => TypesOf(file, assembly)
        .SelectMany(type => type.GetProperties(Declared).Select(property => ((MemberInfo)property, property.GetMethod))
            .Concat(type.GetMethods(Declared).Select(method => ((MemberInfo)method, (MethodInfo?)method)))
            .Where(member => member.Item1.IsDefined(typeof(RaftScenarioAttribute), inherit: false))
            .OrderBy(member => member.Item2?.MetadataToken ?? 0));

    private static Type[] TypesOf(string file, Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            throw new InputException($"{file}: cannot be loaded: {exception.LoaderExceptions.FirstOrDefault()?.Message ?? exception.Message}");
        }
    }

    private static string? Misfit(MemberInfo member, MethodInfo? method)
    {
        Type type = member.DeclaringType!;
        bool isProperty = member is PropertyInfo;
        return !type.IsVisible ? $"the type {type.Name} is not public"
            : type.ContainsGenericParameters ? $"the type {type.Name} is generic"
            : method is null ? "it has no getter"
            : !method.IsPublic ? "it is not public"
            : !method.IsStatic ? "it is not static"
            : method.ContainsGenericParameters ? "it is generic"
            : method.GetParameters().Length > 0 ? $"it has {(isProperty ? "an index" : "parameters")}"
            : !typeof(Scenario).IsAssignableFrom(method.ReturnType) && !typeof(IEnumerable<Scenario>).IsAssignableFrom(method.ReturnType)
                ? $"it returns {method.ReturnType.Name}"
            : null;
    }

    private static List<Scenario> Read(string file, string name, MethodInfo method)
    {
        List<Scenario?> scenarios;
        try
        {
            object? value = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
            scenarios = value is IEnumerable<Scenario> several ? [.. several] : [(Scenario?)value];
        }
        catch (Exception exception)
        {
            Exception cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            throw new InputException($"{file}: {name} threw {cause.GetType().Name}: {cause.Message}");
        }

        foreach (Scenario? scenario in scenarios)
        {
            if (scenario is null)
            {
                throw new InputException($"{file}: {name} returns null; expected a scenario");
            }

            if (!IsName(scenario.Name))
            {
                throw new InputException($"{file}: {name} offers a scenario '{Format.OneLine(scenario.Name)}'; expected a name of letters, digits, hyphens, dots and underscores, because schedule files are named after it");
            }
        }

        return scenarios!;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] is not ('-' or '.') && name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.');
}
