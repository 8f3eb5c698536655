using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The fingerprint of the build that wrote a schedule. Builds are deterministic, so the same sources give the same
/// fingerprint everywhere.
/// </summary>
public static class BuildFingerprint
{
    /// <summary>The key of the assembly metadata that names the mutant of the library.</summary>
    public const string MutantKey = "Mutant";

    /// <summary>
    /// Returns the fingerprint of a program's assembly, of the engine, and of their direct and indirect references,
    /// except for the framework. A reference that cannot be loaded counts with its name and version.
    /// </summary>
    /// <param name="program">The assembly that contains the program.</param>
    public static string Of(Assembly program)
    {
        ulong hash = 0;
        foreach ((AssemblyName name, Assembly? assembly) in Assemblies(program))
        {
            byte[] version = assembly is null ? NumberOf(name) : assembly.ManifestModule.ModuleVersionId.ToByteArray();
            hash = SplitMix.Mix(hash ^ BitConverter.ToUInt64(version, 0), BitConverter.ToUInt64(version, 8));
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the name of the seeded bug in this build; null for none.</summary>
    /// <param name="program">The assembly that contains the program.</param>
    public static string? MutantOf(Assembly program) => Assemblies(program)
        .SelectMany(reference => reference.Assembly is { } assembly ? assembly.GetCustomAttributes<AssemblyMetadataAttribute>() : [])
        .FirstOrDefault(metadata => metadata.Key == MutantKey)?.Value;

    // Sorted by name. Each assembly is resolved in the program's own load context. A package may refer to assemblies
    // that nobody uses, and that are not there: they are null.
    private static IEnumerable<(AssemblyName Name, Assembly? Assembly)> Assemblies(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(program) ?? AssemblyLoadContext.Default;
        SortedDictionary<string, (AssemblyName, Assembly?)> found = new(StringComparer.Ordinal);
        Add(program.GetName(), program);
        Add(typeof(ControlledRuntime).Assembly.GetName(), typeof(ControlledRuntime).Assembly);
        return found.Values;

        void Add(AssemblyName name, Assembly? assembly)
        {
            if (!found.TryAdd(name.Name!, (name, assembly)) || assembly is null)
            {
                return;
            }

            foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
            {
                if (!IsFramework(reference.Name!) && !found.ContainsKey(reference.Name!))
                {
                    Add(reference, Load(context, reference));
                }
            }
        }
    }

    private static Assembly? Load(AssemblyLoadContext context, AssemblyName name)
    {
        try
        {
            return context.LoadFromAssemblyName(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    // FNV-1a, because the hash codes of texts differ from process to process.
    private static byte[] NumberOf(AssemblyName name)
    {
        ulong hash = name.FullName.Aggregate(14695981039346656037UL, (sum, character) => unchecked((sum ^ character) * 1099511628211UL));
        return [.. BitConverter.GetBytes(hash), .. BitConverter.GetBytes((long)name.FullName.Length)];
    }

    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
