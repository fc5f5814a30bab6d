/** A photo of a form or a crack is readable with less. */
const SIDES = [1600, 1200, 800];
const QUALITY = 0.8;
/** The server takes 3 MB. */
const MOST_BYTES = 1200000;

/**
 * Make a photo small enough to travel and to wait on the device; what the camera wrote
 * into it, such as the place, is left out.
 *
 * @param {Blob} file
 * @returns {Promise<Blob|null>} JPEG; null when it can not be read or made small enough
 */
export async function shrinkPhoto(file) {
    let image = null;
    try {
        image = await createImageBitmap(file);
        for (const side of SIDES) {
            // eslint-disable-next-line no-await-in-loop
            const blob = await draw(image, side);
            if (blob && blob.size <= MOST_BYTES) {
                return blob;
            }
        }
    } catch {
        // no picture, or more than the device can hold
    } finally {
        image?.close();
    }
    return null;
}

function draw(image, side) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>} base64
 */
export function toBase64(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1]);
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}
