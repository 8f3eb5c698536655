using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>
/// The comparison of the library that an assembly was built with, and that of the command, which it runs with.
/// </summary>
internal static class LibraryMatch
{
    /// <summary>Compares the two libraries.</summary>
    /// <param name="file">The path of the assembly or project, for messages.</param>
    /// <param name="image">The full path of the assembly.</param>
    /// <returns>The differences that may matter, one line each.</returns>
    /// <exception cref="InputException">
    /// The assembly cannot be read, does not use the library, or needs a newer one.
    /// </exception>
    public static IReadOnlyList<string> Compare(string file, string image)
    {
        try
        {
            AssemblyName[] shared = [.. ReferencesOf(image).Where(reference => AssemblyContext.IsShared(reference.Name!))];
            List<string> older = [];
            foreach (AssemblyName reference in shared)
            {
                Version version = AssemblyName.GetAssemblyName(AssemblyContext.PathOfShared(reference.Name!)).Version!;
                if (reference.Version > version)
                {
                    throw new InputException(
                        $"{file}: was built with {reference.Name} {Short(reference.Version)}, but this command has {Short(version)}; update the command (dotnet tool update), or build with {Short(version)}");
                }

                if (reference.Version < version)
                {
                    older.Add($"{reference.Name} {Short(reference.Version)}");
                }
            }

            return Notes(file, older, [.. OtherBuilds(image).Where(name => !older.Exists(text => text.StartsWith(name + " ", StringComparison.Ordinal)))]);
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            throw new InputException($"{file}: is not a .NET assembly");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be read: {exception.Message}");
        }
    }

    private static List<string> Notes(string file, List<string> older, string[] others)
    {
        const string Advice = "if members are missing, build it with the version of this command";
        List<string> notes = [];
        if (older.Count > 0)
        {
            notes.Add($"{file} was built with {string.Join(", ", older)}, and runs with the newer version of this command; {Advice}");
        }

        if (others.Length > 0)
        {
            notes.Add($"{file} was built with another build of {string.Join(", ", others)} than that of this command, which it runs with; {Advice}");
        }

        return notes;
    }

    // The copies of the library that lie beside the assembly are those that it was built with.
    private static IEnumerable<string> OtherBuilds(string image) => Directory.GetFiles(Path.GetDirectoryName(image)!, "Raft.Verified*.dll")
        .Where(copy => copy != image && AssemblyContext.IsShared(Path.GetFileNameWithoutExtension(copy)))
        .Where(copy => ModuleOf(copy) != ModuleOf(AssemblyContext.PathOfShared(Path.GetFileNameWithoutExtension(copy))))
        .Select(copy => Path.GetFileNameWithoutExtension(copy))
        .Order(StringComparer.Ordinal);

    private static AssemblyName[] ReferencesOf(string image) => Read(image, metadata =>
        metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()).ToArray());

    private static Guid ModuleOf(string image) => Read(image, metadata => metadata.GetGuid(metadata.GetModuleDefinition().Mvid));

    private static T Read<T>(string image, Func<MetadataReader, T> read)
    {
        using FileStream stream = File.OpenRead(image);
        using PEReader reader = new(stream);
        return read(reader.GetMetadataReader());
    }

    private static string Short(Version? version) => version is null ? "?" : Format.OneLine(version.ToString(version.Revision == 0 ? 3 : 4));
}
